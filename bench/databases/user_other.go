//go:build !unix

package main

import (
	"errors"
	"os/exec"
)

// identity is the user whom servers run as.
type identity struct{}

func servant() (identity, error) { return identity{}, errors.New("servers are started on Unix only") }

func (identity) take(*exec.Cmd) {}

func (identity) own(string) error { return nil }
