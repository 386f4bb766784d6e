package csvfile

import (
	"io"
	"time"
)

// patientSize is how much is read at once of what is still coming.
const patientSize = 32 << 10

// patient reads a text that is still coming, in the background, so that nobody has to wait
// for more of it than is there: what makes one text of another cannot be asked twice.
type patient struct {
	r    io.Reader
	took func() // is called when the background rests, after it has read
	buf  []byte
	rest []byte    // read, and not taken yet
	err  error     // why there is no more behind rest
	came time.Time // when the first of what is waited for came; zero before

	asked bool // the background has buf
	done  chan result
}

// result is what a Read has given.
type result struct {
	n   int
	err error
}

func newPatient(r io.Reader, took func()) *patient {
	return &patient{r: r, took: took, buf: make([]byte, patientSize), done: make(chan result, 1)}
}

// within reads, but gives nothing, and says so, once a while has gone by since the first of
// what is waited for came.
func (p *patient) within(while time.Duration, b []byte) (n int, tired bool, err error) {
	var enough <-chan time.Time
	if !p.came.IsZero() {
		enough = time.After(time.Until(p.came.Add(while)))
	}
	n, tired, err = p.read(b, enough)
	if n > 0 && p.came.IsZero() {
		p.came = time.Now()
	}
	return n, tired, err
}

// read is Read, but gives nothing, and says so, when enough comes before any text does.
func (p *patient) read(b []byte, enough <-chan time.Time) (n int, tired bool, err error) {
	for len(p.rest) == 0 && p.err == nil {
		if !p.asked {
			p.asked = true
			go func() {
				n, err := p.r.Read(p.buf)
				p.done <- result{n, err}
			}()
		}
		select {
		case r := <-p.done:
			p.asked, p.rest, p.err = false, p.buf[:r.n], r.err
			p.took()
		case <-enough:
			return 0, true, nil
		}
	}
	if len(p.rest) == 0 {
		return 0, false, p.err
	}
	n = copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, false, nil
}

// leave waits until nothing is read any more: what is read must have been ended.
func (p *patient) leave() {
	if p.asked {
		<-p.done
		p.asked = false
	}
}
