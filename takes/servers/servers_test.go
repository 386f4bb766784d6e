//go:build unix

package servers

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func TestAFreePortCanBeListenedOn(t *testing.T) {
	port, err := FreePort()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestFoldersOfPostgresHoldItsPrograms(t *testing.T) {
	folders, err := Postgres()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if i, err := os.Stat(filepath.Join(folder, "initdb")); err != nil || i.IsDir() {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

// TestServant: servers run as one whom they do not refuse, apart from the terminal, and
// own their folder.
func TestServant(t *testing.T) {
	servant, err := Servant()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", "id -u; ps -o pgid= -p $$ 2>/dev/null || cut -d' ' -f5 /proc/$$/stat; echo $$")
	cmd.Dir = "/"
	servant.Take(cmd)
	out, err := cmd.Output()
	said := strings.Fields(string(out))
	if err != nil || len(said) != 3 || said[0] == "0" || said[1] != said[2] {
		t.Errorf("user, group of processes and process are %q, %v", said, err)
	}
	path := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := servant.Own(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if uid := info.Sys().(*syscall.Stat_t).Uid; strconv.Itoa(int(uid)) != said[0] {
		t.Errorf("the file belongs to %d, the server is %s", uid, said[0])
	}
}
