package ui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"sluice/source"
)

// fakeTakes is the part of the fake that takes snapshots, as the test says: it stays at a
// progress until it is told how to end.
type fakeTakes struct {
	mu        sync.Mutex
	taken     []source.Source
	passwords []string
	again     []bool
	progress  source.Progress
	end       chan error // nil is the end of one that is complete
	ended     int        // how many have ended

	wants   *source.Question // asked for while it is taken
	answers []string

	surveyed  []string // sources with their passwords
	survey    source.Survey
	surveyErr error
	surveying chan struct{} // nil: a survey ends at once, else with the channel
	withdrawn int           // surveys that were given up
}

func newFakeTakes() *fakeTakes {
	return &fakeTakes{end: make(chan error, 10), progress: source.Progress{Read: 4_100_000, Total: 10_000_000, Rows: 1200, Table: "content"}}
}

func (f *fakeTakes) IsAddress(text string) bool { return strings.HasPrefix(text, "postgres://") }

func (f *fakeTakes) HasPassword(text string) bool {
	_, _, has := f.CutPassword(text)
	return has || strings.Contains(text, "password=")
}

func (f *fakeTakes) CutPassword(text string) (rest, password string, has bool) {
	user, place, at := strings.Cut(strings.TrimPrefix(text, "postgres://"), "@")
	user, password, has = strings.Cut(user, ":")
	if !at || !has || !f.IsAddress(text) {
		return text, "", false
	}
	return "postgres://" + user + "@" + place, password, true
}

func (f *fakeTakes) UserIn(address string) string {
	user, _, at := strings.Cut(strings.TrimPrefix(address, "postgres://"), "@")
	if !at {
		_, user, _ = strings.Cut(address, "?user=")
	}
	return user
}

func (f *fakeTakes) WithUser(address, user string) string {
	if user == "" || f.UserIn(address) != "" {
		return address
	}
	return address + "?user=" + user
}

func (f *fakeTakes) CheckAddress(address string) error {
	if strings.Contains(address, "//@") {
		return errors.New("the address of the database is not understood")
	}
	return nil
}

func (f *fakeTakes) CheckSSH(target string) error {
	if strings.Contains(target, " ") {
		return errors.New("the SSH server is not understood")
	}
	return nil
}

func (f *fakeTakes) TakeAccount(from string) string { return "account of " + from }

func (f *fakeTakes) Recognise(_ context.Context, path string) (source.Recognised, error) {
	switch {
	case strings.HasSuffix(path, ".dump"):
		return source.Recognised{Kind: "PostgreSQL dump (custom format)", Bytes: 10_000_000}, nil
	case strings.HasSuffix(path, ".cfg.xml"):
		return source.Recognised{Kind: "PostgreSQL database", Place: "db:5432 (database wiki)"}, nil
	case strings.HasSuffix(path, ".db"):
		return source.Recognised{Kind: "SQLite file", Snapshot: true}, nil
	}
	return source.Recognised{}, errors.New("this is no dump, backup or database that Sluice can read")
}

func (f *fakeTakes) TakeName(from string) string { return filepath.Base(from) }

func (f *fakeTakes) TakePath(homes, from string) string {
	return filepath.Join(homes, "snapshots", fmt.Sprintf("%x.db", from))
}

func (f *fakeTakes) Take(ctx context.Context, s source.Source, password string, ask source.Ask, again bool, progress func(source.Progress)) error {
	f.mu.Lock()
	f.taken, f.passwords, f.again = append(f.taken, s), append(f.passwords, password), append(f.again, again)
	p := f.progress
	f.mu.Unlock()
	progress(p)
	var err error
	if f.wants != nil {
		var got string
		if got, err = ask(ctx, *f.wants); err != nil {
			return err
		}
		f.mu.Lock()
		f.answers = append(f.answers, got)
		f.mu.Unlock()
	}
	select {
	case err = <-f.end:
	case <-ctx.Done():
		err = ctx.Err()
	}
	f.mu.Lock()
	f.ended++
	f.mu.Unlock()
	return err
}

// last is what was taken last, and with which password; again tells whether it was there.
func (f *fakeTakes) last() (s source.Source, password string, again bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := len(f.taken) - 1
	if n < 0 {
		return s, "", false
	}
	return f.taken[n], f.passwords[n], f.again[n]
}

func (f *fakeTakes) Survey(ctx context.Context, t source.Taken, password string, ask source.Ask) (source.Survey, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.surveying != nil {
		f.mu.Unlock()
		select {
		case <-f.surveying:
		case <-ctx.Done():
		}
		f.mu.Lock()
		if ctx.Err() != nil {
			f.withdrawn++
		}
	}
	f.surveyed = append(f.surveyed, t.From+" "+password)
	return f.survey, f.surveyErr
}
