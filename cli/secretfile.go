package cli

import (
	"errors"
	"fmt"
	"log/slog"

	"sluice/secret"
)

// readSecret reads the file that a flag names, which holds a token.
func readSecret(flag, file string, logger *slog.Logger) (secret.Secret, error) {
	token, err := secret.ReadToken(file, warnTo(logger))
	return token, ofFlag(flag, err)
}

// readPassword reads the file that a flag names, which holds a password.
func readPassword(flag, file string, logger *slog.Logger) (secret.Secret, error) {
	password, err := secret.ReadPassword(file, warnTo(logger))
	return password, ofFlag(flag, err)
}

func warnTo(logger *slog.Logger) func(string) { return func(w string) { logger.Warn(w) } }

// ofFlag says which flag names the file that an error is about. A file that holds
// something else is wrong use.
func ofFlag(flag string, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", flag, err)
	if wrong := (*secret.FileError)(nil); errors.As(err, &wrong) {
		return usageError{err}
	}
	return err
}
