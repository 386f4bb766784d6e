package cli

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// TestPace: how often servers are asked has bounds wherever it stands, and what the window
// keeps is what commands go by.
func TestPace(t *testing.T) {
	configure(t, `{"poll": "1s"}`)
	for _, args := range [][]string{{"window"}, {"run"}, {"status", "--url", "http://127.0.0.1:1", "--wait"}} {
		var o WindowOptions
		var errs strings.Builder
		p := Program{Out: io.Discard, Err: &errs, Window: windowThat(&o)}
		if code := p.Run(t.Context(), args); code != exitUsage || !strings.Contains(errs.String(), "1s is no time to ask servers in: give one from 5s to 1h") {
			t.Errorf("%v: exit code %d, %s", args, code, errs.String())
		}
	}
	for _, c := range []struct {
		config string
		args   []string
		every  time.Duration
		keeps  bool
	}{
		{`{}`, []string{"window"}, 30 * time.Second, true},
		{`{"poll": "5m"}`, []string{"window"}, 5 * time.Minute, true},
		{`{"poll": "5m"}`, []string{"window", "--poll", "10s"}, 10 * time.Second, false},
	} {
		path := configure(t, c.config)
		var o WindowOptions
		p := Program{Out: io.Discard, Err: io.Discard, Window: windowThat(&o)}
		if code := p.Run(context.Background(), c.args); code != exitDone || o.Every != c.every || (o.SetEvery != nil) != c.keeps {
			t.Errorf("%s with %v: exit code %d, every %s, %v", c.config, c.args, code, o.Every, o.SetEvery != nil)
		}
		if o.SetEvery == nil {
			continue
		}
		for d, text := range map[time.Duration]string{10 * time.Second: "10s", 5 * time.Minute: "5m", 90 * time.Second: "1m30s"} {
			err := o.SetEvery(d)
			if b, _ := os.ReadFile(path); err != nil || !strings.Contains(string(b), `"poll": "`+text+`"`) {
				t.Errorf("%s: %v, %s", d, err, b)
			}
		}
	}
}
