package calls

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
)

// childVariable makes the test program a child that writes the file it names.
const childVariable = "SLUICE_TEST_CALLS_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		os.Exit(child(path))
	}
	os.Exit(m.Run())
}

// child exits with 0, or with the number of the error.
func child(path string) int {
	err := func() error {
		f, err := os.Create(path + ".new")
		if err != nil {
			return err
		}
		if _, err := f.Write(make([]byte, 1000)); err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
		return os.Rename(path+".new", path)
	}()
	if err == nil {
		return 0
	}
	var number syscall.Errno
	errors.As(err, &number)
	return int(number)
}

// TestActions: each action at each call of a small program does what it says.
func TestActions(t *testing.T) {
	for _, tt := range []struct {
		name   string
		call   string
		action Action
		end    End
		exists bool // the file under its last name
	}{
		{"through", "", Action{}, End{}, true},
		{"kill at rename", "rename", Action{Kill: true}, End{-1, syscall.SIGKILL}, false},
		{"kill at sync", "sync", Action{Kill: true}, End{-1, syscall.SIGKILL}, false},
		{"no space", "write", Action{Errno: syscall.ENOSPC}, End{Code: int(syscall.ENOSPC)}, false},
		{"failed sync", "sync", Action{Errno: syscall.EIO}, End{Code: int(syscall.EIO)}, false},
		{"failed close", "close", Action{Errno: syscall.EIO, After: true}, End{Code: int(syscall.EIO)}, false},
		{"failed open", "open", Action{Errno: syscall.EDQUOT}, End{Code: int(syscall.EDQUOT)}, false},
		{"failed rename that took place", "rename", Action{Errno: syscall.EIO, After: true}, End{Code: int(syscall.EIO)}, true},
		{"short write", "write", Action{Short: true}, End{}, true}, // the rest is written then
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			writes := 0
			end, err := Run(t.Context(), self(path), func(c Call) Action {
				if c.Path != path+".new" {
					return Action{}
				}
				if c.Name == "write" {
					if writes++; writes == 1 && c.Size != 1000 {
						t.Errorf("a write of %d bytes", c.Size)
					}
				}
				if c.Name == tt.call && writes < 2 {
					return tt.action
				}
				return Action{}
			})
			if errors.Is(err, ErrUnsupported) {
				t.Skip(err)
			}
			if err != nil || end != tt.end {
				t.Fatalf("the end is %+v, %v, want %+v", end, err, tt.end)
			}
			info, err := os.Stat(path)
			if (err == nil) != tt.exists || err == nil && info.Size() != 1000 {
				t.Errorf("the file afterwards: %+v, %v", info, err)
			}
			if want := map[bool]int{true: 2, false: 1}[tt.action.Short]; writes > want {
				t.Errorf("%d writes, want %d", writes, want)
			}
		})
	}
}

// TestOthers: programs that are run meanwhile, as it happens by the same thread of
// this process, are left to those who wait for them.
func TestOthers(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				cmd := exec.CommandContext(t.Context(), os.Args[0])
				cmd.Env = append(os.Environ(), childVariable+"="+filepath.Join(t.TempDir(), "file"))
				if err := cmd.Run(); err != nil {
					t.Error(err)
				}
				end, err := Run(t.Context(), self(filepath.Join(t.TempDir(), "file")), func(Call) Action { return Action{} })
				if err != nil && !errors.Is(err, ErrUnsupported) || end != (End{}) {
					t.Errorf("Run = %+v, %v", end, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestEndOfContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	end, err := Run(ctx, self(filepath.Join(t.TempDir(), "file")), func(c Call) Action {
		cancel()
		return Action{}
	})
	if errors.Is(err, ErrUnsupported) {
		t.Skip(err)
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %+v, %v", end, err)
	}
}

func self(path string) Program {
	return Program{Path: os.Args[0], Env: append(os.Environ(), childVariable+"="+path)}
}
