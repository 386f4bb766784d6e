package cli

import (
	"bufio"
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

// readHeaders reads the headers that are sent with every request: one a line, as
// "Name: value"; lines that begin with # say nothing. Errors name the line, and do not
// hold what may be secret. No file has no headers.
func readHeaders(file string, logger *slog.Logger) (http.Header, error) {
	const flag = "--header-file"
	if file == "" {
		return nil, nil
	}
	text, err := readPrivate(flag, "headers", file, logger)
	if err != nil {
		return nil, err
	}
	h := http.Header{}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, longestSecretFile+1)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		one := http.Header{http.CanonicalHeaderKey(name): {value}}
		switch err := client.CheckHeader(one); {
		case !ok || value == "" || name == "":
			return nil, usageError{fmt.Errorf("%s: line %d of %s is not in the form Name: value", flag, n, file)}
		case err != nil:
			return nil, usageError{fmt.Errorf("%s: line %d of %s: %w", flag, n, file, err)}
		}
		h.Add(name, value)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", flag, err)
	}
	if len(h) == 0 {
		return nil, usageError{fmt.Errorf("%s: %s holds no header: write one a line, as Name: value", flag, file)}
	}
	return h, nil
}
