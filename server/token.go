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
)

const (
	shortestToken = 8
	goodToken     = 16 // a shorter one draws a warning
	longestToken  = 4096
)

// loadToken reads the token file, or generates a token and writes it there if
// the file does not exist. fresh tells that the token is new.
func loadToken(file string) (token string, fresh bool, err error) {
	if file == "" {
		return rand.Text(), true, nil
	}
	token, err = readToken(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return token, false, err
	}
	token = rand.Text()
	if err := writeToken(file, token); err != nil {
		return "", false, fmt.Errorf("write the new token: %w", err)
	}
	return token, true, nil
}

func readToken(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("read the token file: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, longestToken+1))
	if err != nil {
		return "", fmt.Errorf("read the token file: %w", err)
	}
	token := strings.TrimSpace(string(b))
	switch {
	case len(b) > longestToken:
		return "", fmt.Errorf("%w with the token file %s: it is far too long for a token", ErrOptions, file)
	case len(token) < shortestToken:
		return "", fmt.Errorf("%w with the token file %s: the token in it has fewer than %d characters", ErrOptions, file, shortestToken)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", fmt.Errorf("%w with the token file %s: it must hold one token on one line, of printable ASCII characters", ErrOptions, file)
	}
	return token, nil
}

// writeToken writes a file that only its owner can read. It never replaces one:
// two servers that start at once must not print different tokens for one file.
func writeToken(file, token string) (err error) {
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
	_, err = f.WriteString(token + "\n")
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
