package hooks

import (
	"os"
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

func TestList(t *testing.T) {
	dir := t.TempDir()
	f := NewFile(dir)
	if l, err := f.Load(); err != nil || len(l) > 0 {
		t.Fatalf("%v, %v", l, err)
	}
	a, b := Hook{Name: "a", On: []On{OnEnd}, Command: []string{"x"}}, Hook{Name: "b", On: []On{OnMissed}, URL: "https://h/x"}
	put := func(h Hook) error {
		return f.Update(func(l List) (List, error) { return l.With(h), nil })
	}
	for _, h := range []Hook{a, b, {Name: "a", On: []On{OnFailure}, Command: []string{"y"}}} {
		if err := put(h); err != nil {
			t.Fatal(err)
		}
	}
	l, err := f.Load()
	if err != nil || len(l) != 2 || l[0].Command[0] != "y" {
		t.Fatalf("%+v, %v", l, err)
	}
	if _, err := l.Named("c"); err == nil || !strings.Contains(err.Error(), `no hook "c"`) {
		t.Error(err)
	}
	if err := put(Hook{Name: "c"}); err == nil {
		t.Error("a hook without a way is kept")
	}
	if l := l.Without("a"); len(l) != 1 || l[0].Name != "b" {
		t.Errorf("%+v", l)
	}
	if info, err := os.Stat(f.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for text, says := range map[string]string{`{"version": 1, "hooks": [{"name": "a", "on": ["end"], "comand": ["x"]}]}`: "command", `{"version": 9}`: "newer Sluice", `{`: "hooks.json"} {
		if err := os.WriteFile(f.Path(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
	twice := `{"version": 1, "hooks": [{"name": "a", "on": ["end"], "url": "https://h"}, {"name": "a", "on": ["end"], "url": "https://h"}]}`
	if err := os.WriteFile(f.Path(), []byte(twice), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), "two hooks") {
		t.Error(err)
	}
}
