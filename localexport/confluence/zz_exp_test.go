package confluence

import (
	"os"
	"syscall"
	"testing"
	"time"

	"sluice/localexport/sqlread"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func TestZZExp(t *testing.T) {
	p := os.Getenv("EXP")
	if p == "" {
		t.Skip()
	}
	c, err := sqlread.Open(t.Context(), p, sqlread.OpenOptions{Immutable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	cols := `c.contentid,c.spaceid,c.contenttype,c.title,c.parentid,c.version,c.creator,c.lastmodifier,c.creationdate,c.lastmoddate,c.versioncomment`
	where := ` WHERE c.contenttype IN ('PAGE','BLOGPOST') AND c.prevver IS NULL AND c.content_status='current' ORDER BY c.contentid`
	for round := 0; round < 3; round++ {
		x := cpu()
		n, b := 0, 0
		s, err := c.Prepare(`SELECT ` + cols + ` FROM content c NOT INDEXED` + where)
		if err != nil {
			t.Fatal(err)
		}
		for {
			r, err := s.Step()
			if err != nil {
				t.Fatal(err)
			}
			if !r {
				break
			}
			n++
			b += len(s.Bytes(3))
		}
		t.Log("content only", n, b, cpu()-x)
		x = cpu()
		n, b = 0, 0
		j, err := c.Prepare(`SELECT ` + cols + `, b.body, b.bodytypeid FROM content c NOT INDEXED LEFT JOIN bodycontent b ON b.contentid=c.contentid AND b.bodytypeid IN (0,2)` + where)
		if err != nil {
			t.Fatal(err)
		}
		for {
			r, err := j.Step()
			if err != nil {
				t.Fatal(err)
			}
			if !r {
				break
			}
			n++
			b += len(j.Bytes(11))
		}
		t.Log("join", n, b, cpu()-x)
		x = cpu()
		n, b = 0, 0
		s.Reset()
		l, err := c.Prepare(`SELECT body, bodytypeid, bodycontentid FROM bodycontent WHERE contentid=?`)
		if err != nil {
			t.Fatal(err)
		}
		for {
			r, err := s.Step()
			if err != nil {
				t.Fatal(err)
			}
			if !r {
				break
			}
			n++
			l.Reset()
			l.BindInt(0, s.Int(0))
			for {
				r, err := l.Step()
				if err != nil {
					t.Fatal(err)
				}
				if !r {
					break
				}
				b += len(l.Bytes(0))
			}
		}
		t.Log("lookup", n, b, cpu()-x)
		s.Close()
		j.Close()
		l.Close()
	}
}
