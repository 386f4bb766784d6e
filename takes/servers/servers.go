// Package servers has what starting servers of databases takes, for tests and proofs:
// programs, a port, and a user.
package servers

import (
	"net"
	"path/filepath"
)

// Postgres lists the folders with the programs of the PostgreSQL servers that are
// installed here, by their names.
func Postgres() ([]string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	for i := range found {
		found[i] = filepath.Dir(found[i])
	}
	return found, err
}

// FreePort is a port on which nothing listens.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
