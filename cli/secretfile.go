package cli

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"sluice/client"
	"sluice/secret"
)

// longestSecretFile bounds what is read of a file with secrets, in bytes.
const longestSecretFile = 64 << 10

// readPrivate reads the file that a flag names, which holds secrets. It warns if others
// can read it, too.
func readPrivate(flag, what, file string, logger *slog.Logger) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		if info.IsDir() { // about which nothing is to be changed
			return "", usageError{fmt.Errorf("%s: %s is a folder: name the file with %s", flag, file, what)}
		}
		if w := secret.Exposed(file, info); w != "" {
			logger.Warn(w)
		}
	}
	b, err := io.ReadAll(io.LimitReader(f, longestSecretFile+1))
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	if len(b) > longestSecretFile {
		return "", usageError{fmt.Errorf("%s: %s is far too long for %s", flag, file, what)}
	}
	return strings.TrimPrefix(string(b), "\ufeff"), nil
}

// readSecret reads the file that a flag names, which holds a token or password.
func readSecret(flag, what, file string, logger *slog.Logger) (secret.Secret, error) {
	none := secret.Secret{}
	text, err := readPrivate(flag, "a "+what, file, logger)
	if err != nil {
		return none, err
	}
	token := strings.TrimSpace(text)
	switch {
	case token == "":
		return none, usageError{fmt.Errorf("%s: %s is empty", flag, file)}
	case strings.ContainsAny(token, "\r\n"):
		return none, usageError{fmt.Errorf("%s: %s has several lines, and must hold the %s alone", flag, file, what)}
	}
	return secret.Of(token), nil
}

// readPassword reads the file that a flag names, which holds a password: of its line
// nothing is taken away but its end, for a password may begin and end with spaces.
func readPassword(flag, file string, logger *slog.Logger) (secret.Secret, error) {
	none := secret.Secret{}
	text, err := readPrivate(flag, "a password", file, logger)
	if err != nil {
		return none, err
	}
	password := strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	switch {
	case password == "":
		return none, usageError{fmt.Errorf("%s: %s is empty", flag, file)}
	case strings.ContainsAny(password, "\r\n\x00"):
		return none, usageError{fmt.Errorf("%s: %s has several lines, and must hold the password alone", flag, file)}
	}
	return secret.Of(password), nil
}

// readHeaders reads the headers that are sent with every request from the file that
// --header-file names; none if it names none.
func readHeaders(file string, logger *slog.Logger) (http.Header, error) {
	const flag = "--header-file"
	if file == "" {
		return nil, nil
	}
	text, err := readPrivate(flag, "headers", file, logger)
	if err != nil {
		return nil, err
	}
	h, err := client.ParseHeader(text)
	if err != nil {
		return nil, usageError{fmt.Errorf("%s: %s: %w", flag, file, err)}
	}
	return h, nil
}
