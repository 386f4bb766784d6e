//go:build unix

package takes

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// emptyCluster is the folder of a cluster of PostgreSQL without databases, which each server of
// the tests begins as a copy of: to make one takes seconds.
var emptyCluster struct {
	once sync.Once
	dir  string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if emptyCluster.dir != "" {
		os.RemoveAll(emptyCluster.dir)
	}
	os.Exit(code)
}

// makeCluster fills a folder with an empty cluster.
func (p *postgres) makeCluster(data string) {
	p.t.Helper()
	emptyCluster.once.Do(func() {
		dir, err := os.MkdirTemp("", "cluster")
		if err != nil {
			p.t.Fatal(err)
		}
		emptyCluster.dir = dir
		if err := p.as.Own(dir); err != nil {
			p.t.Fatal(err)
		}
		p.run("", "initdb", "-D", filepath.Join(dir, "data"), "-A", "trust", "-U", "admin", "--no-sync")
	})
	copied := exec.Command("cp", "-a", filepath.Join(emptyCluster.dir, "data"), data)
	copied.Dir = "/"
	p.as.Take(copied)
	if out, err := copied.CombinedOutput(); err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
}
