//go:build unix

package servers

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// User is whom servers run as; the zero value is whoever runs this.
type User struct{ credential *syscall.Credential }

// Servant is a user without rights where this runs as root, whom PostgreSQL and
// PgBouncer refuse.
func Servant() (User, error) {
	if os.Geteuid() != 0 {
		return User{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return User{}, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return User{}, err
		}
		return User{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return User{}, fmt.Errorf("servers refuse root, and there is no user without rights here")
}

// Take makes a command run as the user, in a group of its own, so that a signal from
// the terminal does not end a server before its turn.
func (i User) Take(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: i.credential, Setpgid: true}
}

// Own makes the user the owner of a file or folder.
func (i User) Own(path string) error {
	if i.credential == nil {
		return nil
	}
	return os.Chown(path, int(i.credential.Uid), int(i.credential.Gid))
}
