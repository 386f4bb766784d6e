package takes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sluice/wording"
)

// ends are those of the names of dumps and backups that say how they are packed.
var ends = []string{".gz", ".zst", ".lz4", ".bz2", ".sql", ".dump", ".zip", ".xml", ".tar", ".db"}

// Name is what a snapshot of the source is called when nobody names it, without the
// .db at its end.
func Name(source string) string {
	if source == "-" || IsAddress(source) {
		return "confluence"
	}
	base := filepath.Base(source)
	for _, end := range ends {
		base = strings.TrimSuffix(base, end)
	}
	if base+".db" == filepath.Base(source) {
		return base + "-snapshot" // of a SQLite file, which is not to be replaced
	}
	return base
}

// PathIn is the file below a home in which the snapshot of a source lies when nobody
// names one. Each source has its own, always the same: the file of another one, whose
// dump happens to have the same name, is never replaced. The address of a database
// must be one without a password.
func PathIn(home, source string) string {
	if abs, err := filepath.Abs(source); err == nil && !IsAddress(source) {
		source = abs
	}
	sum := sha256.Sum256([]byte(source))
	return filepath.Join(home, "snapshots", Name(source)+"-"+hex.EncodeToString(sum[:4])+".db")
}

// MakeFolder makes the folder of a snapshot, for its owner only.
func MakeFolder(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return wording.Errorf("make a place for the snapshot: %w", err)
	}
	return nil
}

// Title is what people call a source: a file by its name, a database by its own name and
// that of its host.
func Title(source string) string {
	if !IsAddress(source) {
		return filepath.Base(source)
	}
	place, _, _ := strings.Cut(source, "?")
	_, place, _ = strings.Cut(place, "//")
	place = place[strings.LastIndex(place, "@")+1:]
	host, name, _ := strings.Cut(place, "/")
	if at := strings.LastIndex(host, ":"); at > strings.LastIndex(host, "]") { // before the port
		host = host[:at]
	}
	switch {
	case name == "" && host == "":
		return Name(source)
	case name == "":
		return host
	case host == "":
		return name
	}
	return fmt.Sprintf("%s on %s", name, host)
}
