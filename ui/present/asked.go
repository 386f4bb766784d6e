package present

import (
	"fmt"
	"strings"

	"sluice/ui/texts"
)

// SecretQuestion is what a person is asked for while a server waits.
type SecretQuestion struct {
	Passphrase bool   // of a key, else the password of a database
	User       string // of the database
	Of         string // the address of the database for people, or the file of the key
	Why        string // what was tried before, in a sentence; may be empty
}

// Title is what the question is about.
func (q SecretQuestion) Title() string {
	if q.Passphrase {
		return texts.T.Take.PassphraseTitle
	}
	return texts.T.Take.PasswordTitle
}

// Text says who asks for what.
func (q SecretQuestion) Text() string {
	text := fmt.Sprintf(texts.T.Take.PasswordAsked, q.Of, q.User)
	if q.Passphrase {
		text = fmt.Sprintf(texts.T.Take.PassphraseAsked, q.Of)
	}
	return strings.TrimSpace(q.Why + " " + text)
}
