package parquettext

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"sluice/intake/unpack"
)

// written are rows as a file, in row groups of one.
func written[T any](t testing.TB, rows ...T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, parquet.Compression(&parquet.Zstd))
	for _, r := range rows {
		if _, err := w.Write([]T{r}); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// textOf is the text of a file.
func textOf(t testing.TB, b []byte) string {
	t.Helper()
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r := f.Text(nil)
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

type flat struct {
	ID     int64            `parquet:"id"`
	Title  *string          `parquet:"title,optional"`
	At     time.Time        `parquet:"at,timestamp(millisecond)"`
	Micros int64            `parquet:"micros,timestamp(microsecond)"`
	Local  int64            `parquet:"local,timestamp(nanosecond:local)"`
	Day    int32            `parquet:"day,date"`
	Clock  int64            `parquet:"clock,time(microsecond)"`
	Price  int64            `parquet:"price,decimal(2:18)"`
	Big    [16]byte         `parquet:"big,decimal(3:38)"`
	Old    deprecated.Int96 `parquet:"old"`
	Count  uint64           `parquet:"count"`
	Small  uint32           `parquet:"small"`
	Yes    bool             `parquet:"yes"`
	F      float32          `parquet:"f"`
	D      float64          `parquet:"d"`
	Key    [16]byte         `parquet:"key,uuid"`
	Bytes  []byte           `parquet:"bytes"`
}

func TestFlat(t *testing.T) {
	title, empty := "a \"b\",\r\nc", ""
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	minus := [16]byte{}
	for i := range minus {
		minus[i] = 0xff
	}
	got := textOf(t, written(t,
		flat{ID: 9007199254740993, Title: &title, At: at, Micros: at.UnixMicro() + 1500, Local: at.UnixNano() + 1, Day: 20000, Clock: 3_600_000_000, Price: -5,
			Old: deprecated.Int96{0, 0, 2440588}, Count: math.MaxUint64, Small: math.MaxUint32, Yes: true, F: 0.1, D: 1e300, Key: [16]byte{0x12, 15: 0x34}, Bytes: []byte("ok")},
		flat{ID: -1, Title: &empty, At: at.Add(7 * time.Millisecond), Micros: -1, Day: -1, Price: 12345, Big: minus, Old: deprecated.Int96{1, 0, 2440587}, D: math.NaN(), Bytes: []byte{0xff, 0}},
		flat{Title: nil, F: float32(math.Inf(-1)), D: 123456789.25},
	))
	want := "id,title,at,micros,local,day,clock,price,big,old,count,small,yes,f,d,key,bytes\n" +
		"9007199254740993,\"a \"\"b\"\",\r\nc\",2026-01-02T03:04:05Z,2026-01-02T03:04:05.001500Z,2026-01-02T03:04:05.000000001,2024-10-04,01:00:00,-0.05,0.000," +
		"1970-01-01T00:00:00Z,18446744073709551615,4294967295,true,0.1,1e+300,12000000-0000-0000-0000-000000000034,ok\n" +
		"-1,\"\",2026-01-02T03:04:05.007Z,1969-12-31T23:59:59.999999Z,1970-01-01T00:00:00,1969-12-31,00:00:00,123.45,-0.001," +
		"1969-12-31T00:00:00.000000001Z,0,0,false,0,NaN,00000000-0000-0000-0000-000000000000,0xff00\n" +
		"0,,0001-01-01T00:00:00Z,1970-01-01T00:00:00Z,1970-01-01T00:00:00,1970-01-01,00:00:00,0.00,0.000," +
		"-4713-11-24T00:00:00Z,0,0,false,-Inf,123456789.25,00000000-0000-0000-0000-000000000000,\"\"\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

type inner struct {
	A int32   `parquet:"a"`
	B *string `parquet:"b,optional"`
}

type deep struct {
	Labels []string          `parquet:"labels,list"`
	Maybe  []*int64          `parquet:"maybe,list"`
	Lists  [][]int32         `parquet:"lists,list"`
	Inner  *inner            `parquet:"inner,optional"`
	Many   []inner           `parquet:"many,list"`
	Map    map[string]int64  `parquet:"map"`
	Bare   []float64         `parquet:"bare"`
	Of     map[int32][]inner `parquet:"of"`
}

func TestNested(t *testing.T) {
	b, five := "x", int64(5)
	got := textOf(t, written(t,
		deep{Labels: []string{"x", "q\"<y>"}, Lists: [][]int32{{1, 2}, {}, {3}}, Inner: &inner{1, &b}, Many: []inner{{1, nil}, {2, &b}}, Map: map[string]int64{"k": 1},
			Bare: []float64{1, math.NaN()}, Of: map[int32][]inner{7: {{1, nil}}}},
		deep{},
		deep{Labels: []string{""}, Maybe: []*int64{&five}, Inner: &inner{}},
	))
	want := "labels,maybe,lists,inner,many,map,bare,of\n" +
		`"[""x"", ""q\""<y>""]",[],"[[1, 2], [], [3]]","{""a"": 1, ""b"": ""x""}","[{""a"": 1, ""b"": null}, {""a"": 2, ""b"": ""x""}]","{""k"": 1}","[1, ""NaN""]","{""7"": [{""a"": 1, ""b"": null}]}"` + "\n" +
		"[],[],[],,[],{},[],{}\n" +
		`"[""""]",[5],[],"{""a"": 0, ""b"": null}",[],{},[],{}` + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestOneColumn: a row of one column without a value is no blank line.
func TestOneColumn(t *testing.T) {
	type one struct {
		A *string `parquet:"a,optional"`
	}
	if got := textOf(t, written(t, one{})); got != "a\n\"\"\n" {
		t.Errorf("%q", got)
	}
}

// TestDamaged: what is cut or is none is refused; what is damaged gives the rows before.
func TestDamaged(t *testing.T) {
	type row struct {
		ID   int64  `parquet:"id"`
		Text string `parquet:"text"`
	}
	var rows []row
	for i := range 500 {
		rows = append(rows, row{int64(i), strings.Repeat("text ", i)})
	}
	whole := written(t, rows...)
	encrypted := append(bytes.Clone(whole[:len(whole)-4]), "PARE"...)
	for says, b := range map[string][]byte{"was cut": whole[:len(whole)/2], "encrypted": encrypted, "no table of contents": []byte("PAR1")} {
		if _, err := Open(bytes.NewReader(b), int64(len(b))); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	broken := bytes.Clone(whole)
	for i := len(broken) / 3; i < len(broken)/3+2000; i++ {
		broken[i] ^= 0x55
	}
	f, err := Open(bytes.NewReader(broken), int64(len(broken)))
	if err != nil {
		t.Fatal(err)
	}
	said := int64(0)
	r := f.Text(func(n int64) { said = n })
	defer r.Close()
	text, err := io.ReadAll(r)
	var damage *unpack.Error
	if !errors.As(err, &damage) || bytes.Count(text, []byte("\n")) < 50 || !strings.HasPrefix(string(text), "id,text\n0,\"\"\n1,text \n") {
		t.Errorf("%d bytes of text, %v", len(text), err)
	}
	if said != int64(bytes.Count(text, []byte("\n")))-1 {
		t.Errorf("progress tells %d rows", said)
	}
}

// FuzzOpen: anything gives text or an error.
func FuzzOpen(f *testing.F) {
	f.Add(written(f, deep{Labels: []string{"x"}, Inner: &inner{}}))
	f.Add(written(f, flat{ID: 1}))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		r := file.Text(nil)
		defer r.Close()
		_, _ = io.Copy(io.Discard, io.LimitReader(r, 1<<20))
	})
}

// TestEmptyRowGroups: pyarrow writes a row group without rows for a table without rows, of
// which the pages are not there.
func TestEmptyRowGroups(t *testing.T) {
	for name, want := range map[string]string{"no-rows": "id,title\n", "empty-groups": "id,title\n1,a\n2,\n"} {
		b, err := os.ReadFile(filepath.Join("testdata", name+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(t, b); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
