package secret

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

const (
	account = "https://example.com/confluence"
	value   = "MDM0s3cr3tTOKENvalue9876543210"
)

// TestStore keeps, finds, replaces and deletes a secret in the library's own
// stand-in for a keyring.
func TestStore(t *testing.T) {
	keyring.MockInit()
	s := New("Sluice test", 0)
	if err := s.Available(t.Context()); err != nil {
		t.Errorf("Available: %v", err)
	}
	checkLife(t, s)
	if len(s.session) != 0 {
		t.Error("the session keeps what the keyring has")
	}
}

// checkLife is the life of a secret in a keyring that works.
func checkLife(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	if _, err := s.Get(ctx, account); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get before Set: %v", err)
	}
	if err := s.Delete(ctx, account); err != nil {
		t.Errorf("Delete before Set: %v", err)
	}
	for _, v := range []string{value, "another: ümläut \"quoted\"\nlines"} {
		if place, err := s.Set(ctx, account, v); err != nil || place != Keyring {
			t.Fatalf("Set: %s, %v", place, err)
		}
		if got, err := s.Get(ctx, account); err != nil || got != v {
			t.Errorf("Get = %q, %v", got, err)
		}
	}
	if _, err := s.Get(ctx, account+"/other"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get of another account: %v", err)
	}
	if err := s.Delete(ctx, account); err != nil {
		t.Errorf("Delete: %v", err)
	}
	if _, err := s.Get(ctx, account); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get after Delete: %v", err)
	}
}

// TestSession keeps a secret for the session where there is no keyring, and
// says so without showing it.
func TestSession(t *testing.T) {
	for _, c := range []struct {
		cause, says string
		missing     bool // there is no keyring, so that nothing can stay in it
	}{
		{`exec: "dbus-launch": executable file not found in $PATH`, "no desktop session", true},
		{"dial unix /run/user/0/bus: connect: no such file or directory", "no desktop session", true},
		{"The name org.freedesktop.secrets was not provided by any .service files", "no Secret Service runs", true},
		{"failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'", "it is locked", false},
		{"something new", "something new", false},
	} {
		keyring.MockInitWithError(errors.New(c.cause))
		s := New("Sluice test", 0)
		ctx := t.Context()
		if err := s.Available(ctx); !isUnavailable(err) {
			t.Errorf("Available: %v", err)
		}
		if _, err := s.Get(ctx, account); !isUnavailable(err) || errors.Is(err, ErrNotFound) {
			t.Errorf("Get before Set: %v", err)
		}
		place, err := s.Set(ctx, account, value)
		if place != Session || !isUnavailable(err) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("Set: %s, %v; want %q", place, err, c.says)
		}
		if got, err := s.Get(ctx, account); err != nil || got != value {
			t.Errorf("Get = %q, %v", got, err)
		}
		if text := fmt.Sprintf("%v %+v %#v %s %v", s, s, s, s, err); strings.Contains(text, value) {
			t.Errorf("the secret shows: %s", text)
		}
		if err := s.Delete(ctx, account); isUnavailable(err) == c.missing || c.missing && err != nil {
			t.Errorf("Delete: %v", err)
		}
		if _, err := s.Get(ctx, account); err == nil {
			t.Error("the session keeps what was deleted")
		}
	}
}

// TestKeyringReturns checks that a keyring that works again takes a secret over
// from the session.
func TestKeyringReturns(t *testing.T) {
	keyring.MockInitWithError(errors.New("locked"))
	s := New("Sluice test", 0)
	if place, _ := s.Set(t.Context(), account, "old"); place != Session {
		t.Fatalf("kept in the %s", place)
	}
	keyring.MockInit()
	if place, err := s.Set(t.Context(), account, value); place != Keyring || err != nil {
		t.Errorf("Set: %s, %v", place, err)
	}
	if got, err := s.Get(t.Context(), account); got != value || err != nil {
		t.Errorf("Get = %q, %v", got, err)
	}
}

// TestEmpty checks that nothing is kept under no name, and no nothing.
func TestEmpty(t *testing.T) {
	keyring.MockInit()
	s := New("Sluice test", 0)
	for _, pair := range [][2]string{{"", value}, {account, ""}} {
		if _, err := s.Set(t.Context(), pair[0], pair[1]); err == nil || strings.Contains(err.Error(), value) {
			t.Errorf("Set(%q, …): %v", pair[0], err)
		}
	}
}

// TestHangingKeyring checks that a keyring that does not answer, such as one
// whose prompt nobody sees, is given up.
func TestHangingKeyring(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New("Sluice test", 5*time.Second)
		answer := make(chan error)
		began := time.Now()
		err := s.ask(t.Context(), func() error { return <-answer })
		if took := time.Since(began); took != 5*time.Second || !isUnavailable(err) || !strings.Contains(err.Error(), "did not answer in time") {
			t.Errorf("after %s: %v", took, err)
		}
		answer <- nil // the late answer finds its goroutine and disturbs nobody
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		asked := false
		if err := s.ask(ctx, func() error { asked = true; return nil }); !errors.Is(err, context.Canceled) || asked {
			t.Errorf("with an ended context: %v, asked %t", err, asked)
		}
	})
}

func isUnavailable(err error) bool {
	var u *UnavailableError
	return errors.As(err, &u)
}

// TestKeepForTheSession: what is not to be kept never reaches the keyring, and comes
// before what lies there.
func TestKeepForTheSession(t *testing.T) {
	keyring.MockInit()
	s := New("Sluice of the test", 0)
	if _, err := s.Set(t.Context(), "db", "old"); err != nil || s.InSession("db") {
		t.Fatalf("%v", err)
	}
	s.Keep("db", "new")
	got, err := s.Get(t.Context(), "db")
	if got != "new" || err != nil || !s.InSession("db") {
		t.Errorf("%q, %v", got, err)
	}
	if kept, err := keyring.Get("Sluice of the test", "db"); kept != "old" || err != nil {
		t.Errorf("the keyring has %q, %v", kept, err)
	}
}
