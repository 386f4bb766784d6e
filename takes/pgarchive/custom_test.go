package pgarchive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"sluice/takes/feed"
	"sluice/takes/feed/feedtest"
)

// read reads an archive from a file and from a pipe.
func read(b []byte, m *feedtest.Memory, piped bool) (Info, error) {
	if piped {
		return ReadCustom(iotest.HalfReader(bytes.NewReader(b)), nil, 0, m)
	}
	return ReadCustom(bytes.NewReader(b), bytes.NewReader(b), int64(len(b)), m)
}

// TestVersionsOfArchives: each version, with each packing that it has and numbers of any
// size, gives the same rows, by offsets and in turn.
func TestVersionsOfArchives(t *testing.T) {
	for minor := 12; minor <= 16; minor++ {
		packings := 2
		if minor >= 15 {
			packings = 4
		}
		for packing := range packings {
			for _, intSize := range []int{4, 8} {
				for _, offsets := range []bool{true, false} {
					m := custom(minor)
					m.packing, m.intSize, m.offsets = packing, intSize, offsets
					for _, piped := range []bool{true, false} {
						got := &feedtest.Memory{}
						info, err := read(m.bytes(t), got, piped)
						if err != nil || got.Text() != labelRows || len(got.Notes) > 0 || info != (Info{"PostgreSQL 15.3, pg_dump 16.1", "2022-11-22 20:42:44"}) {
							t.Errorf("1.%d, packing %d, offsets %t, piped %t: %q, %v, %+v, notes %q", minor, packing, offsets, piped, got.Lines, err, info, got.Notes)
						}
					}
				}
			}
		}
	}
}

func TestHeadsThatAreRefused(t *testing.T) {
	for says, change := range map[string]func(*made){
		"the version 1.11; 1.12 to 1.16 can be read": func(m *made) { m.minor = 11 },
		"the version 1.17":                           func(m *made) { m.minor = 17 },
		"the version 2.14":                           func(m *made) { m.major, m.minor = 2, 14 },
		"of the format 9":                            func(m *made) { m.format = 9 },
		"give the folder":                            func(m *made) { m.format = formatFiles },
		"packed in a way (4)":                        func(m *made) { m.packing = 4 },
		"numbers of 0 and 8 bytes":                   func(m *made) { m.intSize = 0 },
		"numbers of 4 and 9 bytes":                   func(m *made) { m.offsetSize = 9 },
	} {
		m := custom(16)
		change(&m)
		b := m.contents(make([]int64, len(m.lines)))
		_, err := read(b, &feedtest.Memory{}, true)
		feedtest.Damaged(t, err, says)
		_, err = ListCustom(bytes.NewReader(b), int64(len(b)))
		feedtest.Damaged(t, err, says)
	}
	_, err := read([]byte("PGDUMP and more"), &feedtest.Memory{}, true)
	feedtest.Damaged(t, err, "does not begin with PGDMP")
}

// TestCutArchives: wherever an archive ends, that is an error, from a pipe and a file; or
// all rows are there.
func TestCutArchives(t *testing.T) {
	for _, packing := range []int{0, 1} {
		m := custom(14)
		m.packing = packing
		whole := m.bytes(t)
		for n := range whole {
			for _, piped := range []bool{true, false} {
				got := &feedtest.Memory{}
				_, err := read(whole[:n], got, piped)
				if !errors.Is(err, feed.ErrDamaged) {
					t.Errorf("packing %d, cut at %d of %d, piped %t: %v, %q", packing, n, len(whole), piped, err, got.Lines)
				}
			}
		}
	}
}

// breaking is a file on a disk that cannot be read from some byte on.
type breaking struct {
	*bytes.Reader
	at  int64
	err error
}

func (b breaking) Read(p []byte) (int, error) {
	left := b.at - (b.Size() - int64(b.Len()))
	if left <= 0 {
		return 0, b.err
	}
	return b.Reader.Read(p[:min(int64(len(p)), left)])
}

// TestADiskThatBreaks is told as that, wherever it happens, and not as an archive that was cut.
func TestADiskThatBreaks(t *testing.T) {
	broken := errors.New("the disk broke")
	for _, packing := range []int{0, 1} {
		m := custom(14)
		m.packing, m.offsets = packing, true
		whole := m.bytes(t)
		for n := range whole {
			from := func() breaking { return breaking{bytes.NewReader(whole), int64(n), broken} }
			if _, err := ReadCustom(from(), nil, 0, &feedtest.Memory{}); !errors.Is(err, broken) {
				t.Errorf("packing %d, in turn, breaks at %d of %d: %v", packing, n, len(whole), err)
			}
			got := &feedtest.Memory{}
			if _, err := ReadCustom(from(), from(), int64(len(whole)), got); !errors.Is(err, broken) && (err != nil || got.Text() != labelRows) {
				t.Errorf("packing %d, by offsets, breaks at %d of %d: %v", packing, n, len(whole), err)
			}
		}
	}
}

func TestDamagedBlocks(t *testing.T) {
	rows := func(text string) made {
		m := custom(16)
		m.lines = append([]line{}, label...)
		m.lines[4].rows = text
		return m
	}
	for says, m := range map[string]made{
		"holds rows of a.other: the archive is damaged": func() made {
			m := rows("1\n\\.\n")
			m.lines[4].copy = "COPY a.other (x) FROM stdin;\n"
			return m
		}(),
		"within the rows of table a.label, after 1 of them": rows("1\tx\n"),
		"table a.label, row 1: 1 values for 2 columns":      rows("1\n\\.\n"),
		`"2" where the next statement should stand`:         rows("1\tx\n\\.\n2\ty\n"),
		"a byte 0": rows("1\tx\x00\n\\.\n"),
	} {
		for _, piped := range []bool{true, false} {
			_, err := read(m.bytes(t), &feedtest.Memory{}, piped)
			feedtest.Damaged(t, err, says)
		}
	}
	b := custom(16).bytes(t)
	at := bytes.LastIndex(b, []byte{blockRows, 0, 5, 0, 0, 0})
	b[at] = 7
	_, err := read(b, &feedtest.Memory{}, true)
	feedtest.Damaged(t, err, "a block of the type 7")
	_, err = read(b, &feedtest.Memory{}, false)
	feedtest.Damaged(t, err, fmt.Sprintf("the rows of table label are not at byte %d", at))
	b[at], b[at+2] = blockRows, 9 // rows of nobody
	_, err = read(b, &feedtest.Memory{}, true)
	feedtest.Damaged(t, err, "the archive ends before the rows of label")
	_, err = read(b, &feedtest.Memory{}, false)
	feedtest.Damaged(t, err, fmt.Sprintf("the rows of table label are not at byte %d", at))
}

// TestWhatIsOddInArchives is told.
func TestWhatIsOddInArchives(t *testing.T) {
	m := custom(16)
	m.lines = append([]line{{desc: "TABLE", tag: "lost", define: "CREATE TABLE a.lost (x int);\n"}}, label[3:]...)
	got := &feedtest.Memory{Without: []string{"other"}}
	_, err := read(m.bytes(t), got, false)
	want := []string{"? The archive holds rows of the table label without its definition: it is damaged, or was made of parts.",
		"? The archive holds the table lost without its rows: they were left out when it was made, or it is damaged."}
	if err != nil || fmt.Sprint(got.Notes) != fmt.Sprint(want) || got.Text() != "a.label|1|x\na.label|2|-\n" {
		t.Errorf("%q, rows %q, %v", got.Notes, got.Lines, err)
	}
}

// FuzzArchive: any bytes give rows, or an error of the source, in each format.
func FuzzArchive(f *testing.F) {
	for _, name := range []string{"pg15-zlib.dump", "pg15-piped.dump", "pg15-inserts.dump", "pg15.tar"} {
		b, err := os.ReadFile(filepath.Join("..", "testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(custom(12).bytes(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, piped := range []bool{true, false} {
			_, err := read(b, &feedtest.Memory{}, piped)
			feedtest.OfTheSource(t, err)
		}
		_, err := ReadTar(bytes.NewReader(b), &feedtest.Memory{})
		feedtest.OfTheSource(t, err)
		_, err = ListCustom(bytes.NewReader(b), int64(len(b)))
		feedtest.OfTheSource(t, err)
		_, err = ListTar(bytes.NewReader(b))
		feedtest.OfTheSource(t, err)
	})
}
