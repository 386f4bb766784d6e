package hooks

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestWants(t *testing.T) {
	for _, c := range []struct {
		on    []On
		event string
		want  bool
	}{
		{[]On{OnEnd}, "completed", true}, {[]On{OnEnd}, "failed", true}, {[]On{OnEnd}, "missed", false},
		{[]On{OnFailure}, "completed", false}, {[]On{OnFailure}, "failed", true}, {[]On{OnFailure}, "refused", true}, {[]On{OnFailure}, "missed", false},
		{[]On{OnMissed}, "missed", true}, {[]On{OnMissed}, "failed", false}, {[]On{OnFailure, OnMissed}, "missed", true},
		{[]On{OnStuck}, "stuck", true}, {[]On{OnStuck}, "failed", false}, {[]On{OnEnd, OnFailure, OnMissed}, "stuck", false},
	} {
		if got := (Hook{On: c.on}).Wants(Event{Event: c.event}); got != c.want {
			t.Errorf("%v of %s: %t", c.on, c.event, got)
		}
		if (Hook{On: c.on, Disabled: true}).Wants(Event{Event: c.event}) {
			t.Errorf("%v of %s: called, though it is switched off", c.on, c.event)
		}
	}
}

func TestHooksThatAreRefused(t *testing.T) {
	on := []On{OnEnd}
	abs := filepath.Join(t.TempDir(), "x")
	for says, h := range map[string]Hook{
		"needs a name":       {On: on, Command: []string{"x"}},
		"give one of":        {Name: "x", On: on},
		"and a file":         {Name: "x", On: on, URL: "https://h/x", URLFile: abs},
		"called for? Give":   {Name: "x", Command: []string{"x"}},
		`nearest is "end"`:   {Name: "x", On: []On{"ende"}, Command: []string{"x"}},
		"gets no signature":  {Name: "x", On: on, Command: []string{"x"}, SecretFile: abs},
		"is not absolute":    {Name: "x", On: on, URLFile: "x"},
		"is no URL":          {Name: "x", On: on, URL: "ftp://h/s3cret"},
		"must not hold a pa": {Name: "x", On: on, URL: "https://a:s3cret@h/x"},
	} {
		err := h.Validate()
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: %v", says, err)
		}
	}
}

func TestTargetsShowNoSecret(t *testing.T) {
	for want, h := range map[string]Hook{
		"/usr/bin/alert":           {Command: []string{"/usr/bin/alert", "--key", "s3cret"}},
		"https://hooks.example":    {URL: "https://hooks.example/services/s3cret"},
		"the address in /etc/hook": {URLFile: "/etc/hook"},
		"an address":               {URL: ":"},
	} {
		if got := h.Target(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
