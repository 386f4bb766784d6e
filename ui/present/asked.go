package present

import (
	"fmt"
	"strings"

	"sluice/source"
	"sluice/ui/texts"
)

// QuestionTitle is what a question for a secret is about.
func QuestionTitle(q source.Question) string {
	if q.Passphrase {
		return texts.T.Take.PassphraseTitle
	}
	return texts.T.Take.PasswordTitle
}

// QuestionText says who asks for what.
func QuestionText(q source.Question) string {
	text := fmt.Sprintf(texts.T.Take.PasswordAsked, q.Of, q.User)
	if q.Passphrase {
		text = fmt.Sprintf(texts.T.Take.PassphraseAsked, q.Of)
	}
	return strings.TrimSpace(texts.Elsewhere(q.Why) + " " + text)
}
