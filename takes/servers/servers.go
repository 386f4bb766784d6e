// Package servers has what starting servers of databases takes, for tests and proofs:
// programs, a port, and a user.
package servers

import (
	"math/rand/v2"
	"net"
	"path/filepath"
	"strconv"
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

// FreePort is a port on which nothing listens, and none of those that systems give to whoever
// connects: one of these may be taken before it is listened on.
func FreePort() (port int, err error) {
	for range 100 {
		port = 10_000 + rand.IntN(22_000)
		l, failed := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if failed == nil {
			return port, l.Close()
		}
		err = failed
	}
	return 0, err
}
