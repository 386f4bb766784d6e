package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sluice/private"
	"sluice/secret"
)

const (
	shortestToken = 8
	goodToken     = 16 // a shorter one draws a warning
	longestToken  = 4096
)

// loadToken reads the token file, or generates a token and writes it there if
// the file does not exist. fresh tells that the token is new.
func loadToken(file string) (token secret.Secret, fresh bool, err error) {
	if file == "" {
		return secret.Of(rand.Text()), true, nil
	}
	token, err = readToken(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return token, false, err
	}
	token = secret.Of(rand.Text())
	if err := writeToken(file, token); err != nil {
		return secret.Secret{}, false, fmt.Errorf("write the new token: %w", err)
	}
	return token, true, nil
}

func readToken(file string) (secret.Secret, error) {
	none := secret.Secret{}
	f, err := os.Open(file)
	if err != nil {
		return none, fmt.Errorf("read the token file: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, longestToken+1))
	if err != nil {
		return none, fmt.Errorf("read the token file: %w", err)
	}
	token := strings.TrimSpace(string(b))
	switch {
	case len(b) > longestToken:
		return none, fmt.Errorf("%w with the token file %s: it is far too long for a token", ErrOptions, file)
	case len(token) < shortestToken:
		return none, fmt.Errorf("%w with the token file %s: the token in it has fewer than %d characters", ErrOptions, file, shortestToken)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return none, fmt.Errorf("%w with the token file %s: it must hold one token on one line, of printable ASCII characters", ErrOptions, file)
	}
	return secret.Of(token), nil
}

// writeToken writes a file that only its owner can read. It never replaces one:
// two servers that start at once must not print different tokens for one file.
func writeToken(file string, token secret.Secret) (err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file))
		}
	}()
	if err = private.Restrict(file); err != nil {
		return errors.Join(err, f.Close())
	}
	_, err = f.WriteString(token.Reveal() + "\n")
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
