package confluence

import (
	"io"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"sluice/localexport/snapshot"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

type fileSink struct{ *os.File }

func TestZZExport(t *testing.T) {
	p := os.Getenv("EXP")
	if p == "" {
		t.Skip()
	}
	w, _ := strconv.Atoi(os.Getenv("W"))
	dir := os.Getenv("OUT")
	for round := 0; round < 3; round++ {
		s, err := snapshot.Open(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		var from time.Time
		if os.Getenv("ALL") != "" {
			from = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		x, start, last := cpu(), time.Now(), ""
		r, err := Export(t.Context(), s, Options{Workers: w, From: from, Location: berlin, Only: only()}, func(name string) (io.WriteCloser, error) {
			t.Log(last, cpu()-x, time.Since(start))
			last = name
			if dir != "" {
				return os.Create(dir + "/" + name + ".csv")
			}
			return os.OpenFile("/dev/null", os.O_WRONLY, 0)
		}, nil)
		t.Log(last, cpu()-x, time.Since(start), err)
		if round == 0 {
			t.Logf("%+v", r)
		}
		var ru syscall.Rusage
		syscall.Getrusage(0, &ru)
		t.Log("rss", ru.Maxrss)
		s.Close()
	}
}

func only() []string {
	if o := os.Getenv("ONLY"); o != "" {
		return []string{o}
	}
	return nil
}
