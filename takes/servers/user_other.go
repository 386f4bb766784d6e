//go:build !unix

package servers

import (
	"errors"
	"os/exec"
)

// User is whom servers run as.
type User struct{}

// Servant is an error.
func Servant() (User, error) { return User{}, errors.New("servers are started on Unix only") }

// Take does nothing.
func (User) Take(*exec.Cmd) {}

// Own does nothing.
func (User) Own(string) error { return nil }
