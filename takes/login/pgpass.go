package login

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"sluice/secret"
)

// longestLine bounds a line of a file with passwords, in bytes.
const longestLine = 64 << 10

// Pgpass looks for a password in the file that libpq takes it from: the one that
// an address names, that of the variable PGPASSFILE, or ~/.pgpass. hosts are the
// names under which the server may stand there.
//
// The file is read here, not by the driver: that one cuts spaces off passwords and
// takes files that others can read, which libpq ignores.
func Pgpass(file string, hosts []string, port, database, user string) Found {
	if file == "" {
		file = os.Getenv("PGPASSFILE")
	}
	if file == "" {
		file = usualPgpass()
	}
	f, remark := openPrivate(file)
	if f == nil {
		return Found{Remark: remark}
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := pgpassFields(line)
		if len(fields) < 5 || fields[4] == "" {
			continue
		}
		for _, host := range hosts {
			if fits(fields[0], host) && fits(fields[1], port) && fits(fields[2], database) && fits(fields[3], user) {
				return Found{Password: secret.Of(fields[4]), From: file}
			}
		}
	}
	if err := lines.Err(); err != nil {
		return Found{Remark: fmt.Sprintf("%s was not read to its end: %v.", file, err)}
	}
	return Found{}
}

// usualPgpass is the file that counts where none is named (PostgreSQL
// documentation, "The Password File").
func usualPgpass() string {
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("APPDATA"); dir != "" {
			return filepath.Join(dir, "postgresql", "pgpass.conf")
		}
		return ""
	}
	return InHome(".pgpass")
}

// InHome is a file in the person's own folder, or "" if that is not known.
func InHome(names ...string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(slices.Insert(names, 0, home)...)
}

// openPrivate opens a file as libpq does: one that others can read is ignored, and
// that is said. A file that is not there is nothing to speak of.
func openPrivate(file string) (f *os.File, remark string) {
	if file == "" {
		return nil, ""
	}
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ""
	case err != nil:
		return nil, fmt.Sprintf("%s cannot be read.", file)
	case file == os.DevNull: // the way to say: none
		return nil, ""
	case !info.Mode().IsRegular():
		return nil, fmt.Sprintf("%s is ignored: it is no plain file.", file)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Sprintf("%s is ignored, as psql does: others can use it (mode %04o); chmod 600 takes that away.", file, info.Mode().Perm())
	}
	if f, err = os.Open(file); err != nil {
		return nil, fmt.Sprintf("%s cannot be read.", file)
	}
	return f, ""
}

func fits(pattern, value string) bool { return pattern == "*" || pattern == value }

// pgpassFields takes a line apart. A backslash makes the character after it
// ordinary.
func pgpassFields(line string) []string {
	var fields []string
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			i++
			b.WriteByte(line[i])
		case line[i] == ':':
			fields = append(fields, b.String())
			b.Reset()
		default:
			b.WriteByte(line[i])
		}
	}
	return append(fields, b.String())
}
