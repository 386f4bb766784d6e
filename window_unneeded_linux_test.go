//go:build !headless

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestOnlyWhatIsAsInItsFileIsClean: of what the kernel tells, nothing is taken that anybody has
// written to or may write to, and nothing of other files.
func TestOnlyWhatIsAsInItsFileIsClean(t *testing.T) {
	mapping := func(head, anonymous, swap string) string {
		return head + "\nSize:  8 kB\nRss:  8 kB\nAnonymous:  " + anonymous + " kB\nSwap:  " + swap + " kB\nLocked:  0 kB\nVmFlags: rd mr mw me\n"
	}
	smaps := mapping("00403000-00405000 r-xp 00003000 fe:00 12  /opt/a program/sluice", "0", "0") +
		mapping("00405000-00407000 r--p 00005000 fe:00 12  /opt/a program/sluice (deleted)", "0", "0") +
		mapping("00407000-00409000 r--p 00007000 fe:00 12  /opt/a program/sluice", "8", "0") +
		mapping("00409000-0040b000 r--p 00009000 fe:00 12  /opt/a program/sluice", "0", "4") +
		mapping("0040b000-0040d000 rw-p 0000b000 fe:00 12  /opt/a program/sluice", "0", "0") +
		mapping("0040d000-0040f000 r--s 0000b000 fe:00 12  /opt/a program/sluice", "0", "0") +
		"0040f000-00411000 r--p 0000d000 fe:00 12  /opt/a program/sluice\nSize:  8 kB\nVmFlags: rd mr mw me\n" + // a kernel that tells less
		mapping("7f0000000000-7f0000002000 r-xp 00000000 fe:00 13  /lib/libc.so.6", "0", "0") +
		mapping("7f0000002000-7f0000004000 rw-p 00000000 00:00 0 ", "8", "0")
	got := clean(strings.NewReader(smaps), func(path string) bool { return path == "/opt/a program/sluice" })
	if want := []span{{0x403000, 0x405000}, {0x405000, 0x407000}}; !slices.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

// TestGivingBack: what was read of a file leaves the memory of the process and can be read all
// the same, and what was written to its pages, and protected then, is kept.
func TestGivingBack(t *testing.T) {
	const pages = 32
	size := pages * os.Getpagesize()
	path := filepath.Join(t.TempDir(), "library.so")
	content := bytes.Repeat([]byte("as in the file. "), size/16)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	read, adapted := mapped(t, path, size, unix.PROT_READ), mapped(t, path, size, unix.PROT_READ|unix.PROT_WRITE)
	adapted[0] = 'A'
	if err := unix.Mprotect(adapted, unix.PROT_READ); err != nil {
		t.Fatal(err)
	}
	for _, m := range [][]byte{read, adapted} {
		if !bytes.Equal(m[1:], content[1:]) {
			t.Fatal("the file reads otherwise")
		}
	}
	before := resident(t, path)
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	spans := clean(bytes.NewReader(smaps), func(p string) bool { return p == path })
	if len(spans) != 1 {
		t.Fatalf("%d spans are clean: %x", len(spans), spans)
	}
	giveBack(spans)
	if after := resident(t, path); after != before-size/1024 {
		t.Errorf("%d kB of it are in memory, before %d", after, before)
	}
	if !bytes.Equal(read, content) {
		t.Error("what was given back is not read again")
	}
	if adapted[0] != 'A' || !bytes.Equal(adapted[1:], content[1:]) {
		t.Error("what was written to a page is lost")
	}
}

// TestTheProgramIsFound: the program that runs here is one whose pages can be given back.
func TestTheProgramIsFound(t *testing.T) {
	give := unneeded()
	if give == nil {
		t.Fatal("nothing was found")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	before := resident(t, program)
	give()
	if after := resident(t, program); after > before*3/4 {
		t.Errorf("%d kB of the program are in memory, before %d", after, before)
	}
}

func mapped(t *testing.T, path string, size, access int) []byte {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := unix.Mmap(int(f.Fd()), 0, size, access, unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Munmap(m) })
	return m
}

// resident is how many kB of a file are mapped into memory.
func resident(t *testing.T, path string) (sum int) {
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	of := false
	for line := range strings.Lines(string(smaps)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) > 0 && !strings.HasSuffix(fields[0], ":"):
			of = strings.HasSuffix(strings.TrimSpace(line), path)
		case of && fields[0] == "Rss:":
			kB, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += kB
		}
	}
	return sum
}
