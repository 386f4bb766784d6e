package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"sluice/secret"
	"sluice/takes/login"
	"sluice/visible"
)

// terminal is where a person can be asked for a password.
type terminal struct {
	in  *os.File
	out io.Writer
}

// openTerminal is the terminal of the standard input, with its questions on w; nil
// if there is none. Where the standard error goes elsewhere nobody would see what is
// asked.
func openTerminal(w io.Writer) *terminal {
	if _, ok := isTerminal(w); !ok || !term.IsTerminal(int(os.Stdin.Fd())) {
		return nil
	}
	return &terminal{os.Stdin, behind(w)}
}

// ask asks for a password, which does not show. When ctx ends, the terminal is set
// back as it was, and the rest of the line is left to who reads it next.
func (t *terminal) ask(ctx context.Context, q login.Question) (secret.Secret, error) {
	state, err := term.GetState(int(t.in.Fd()))
	if err != nil {
		return secret.Secret{}, err
	}
	visible.Fprintf(t.out, "\n%s", question(q))
	type answer struct {
		text []byte
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(int(t.in.Fd()))
		answered <- answer{text, err}
	}()
	defer fmt.Fprintln(t.out)
	select {
	case a := <-answered:
		if a.err != nil && len(a.text) == 0 { // the end of the input is no answer
			return secret.Secret{}, nil
		}
		return secret.Of(string(a.text)), nil
	case <-ctx.Done():
		_ = term.Restore(int(t.in.Fd()), state) // the program ends
		return secret.Secret{}, context.Cause(ctx)
	}
}

// question is what a person is asked.
func question(q login.Question) string {
	text := fmt.Sprintf("Password of %s at %s: ", q.User, q.Of)
	if q.Kind == login.PassphraseOfKey {
		text = fmt.Sprintf("Passphrase of the key %s: ", q.Of)
	}
	if q.Why != "" {
		text = q.Why + "\n" + text
	}
	return text
}
