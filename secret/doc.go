// Package secret keeps tokens and passwords in the operating system's keyring:
// the Secret Service on Linux, the Keychain on macOS, the Credential Manager on
// Windows.
//
// Where there is no keyring (no desktop session, a locked or missing Secret
// Service) a secret is kept in memory for this session only, and the caller is
// told so: the person is asked again next time. Nothing is ever written to a
// file, and no error contains a secret.
//
//	store := secret.New("Sluice", 0)
//	place, err := store.Set(ctx, sourceID, token)
//	if place == secret.Session { tell(err) } // kept, but not for long
package secret
