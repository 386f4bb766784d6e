package localexport

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/rules"
)

func TestUnusableOptions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Options)
		want   string
	}{
		"no product":       {func(o *Options) { o.Product = nil }, "no product is given"},
		"unknown rule":     {func(o *Options) { o.Rules = rules.Chosen{"all-pages": "true"} }, `there is no rule "all-pages"`},
		"value of a rule":  {func(o *Options) { o.Rules = rules.Chosen{"labels": "tabs"} }, `labels is "tabs": it is one of json, commas`},
		"no home":          {func(o *Options) { o.Home = "" }, "no home is given"},
		"home is a file":   {func(o *Options) { o.Home = file }, "home " + file + " cannot be written"},
		"home in a file":   {func(o *Options) { o.Home = filepath.Join(file, "home") }, "cannot be written (not a directory): choose another folder"},
		"unknown zone":     {func(o *Options) { o.TimeZone = "Europe/Atlantis" }, `time zone "Europe/Atlantis" is not known`},
		"offset too large": {func(o *Options) { o.TimeZone = "+25:00" }, "out of range"},
		"secret base URL":  {func(o *Options) { o.BaseURL = "https://bob:hush@wiki.example.com" }, "base URL: it holds a user name or a password"},
		"negative space":   {func(o *Options) { o.MinFreeSpace = -2 }, "minimum free space -2"},
		"tiny share":       {func(o *Options) { o.CPUShare = 0.5 }, "share of a core 0.5 %"},
		"negative workers": {func(o *Options) { o.Workers = -1 }, "number of workers -1"},
	} {
		t.Run(name, func(t *testing.T) {
			o := testOptions(t)
			o.Product = newFake()
			c.change(&o)
			e, err := open(t.Context(), o, plenty)
			if err == nil {
				closeExporter(t, e)
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q does not say %q in one line", err, c.want)
			}
		})
	}
}

func TestParseZone(t *testing.T) {
	at := time.Date(2021, 7, 1, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]int{"UTC": 0, "Europe/Berlin": 7200, "+10:00": 36000, "-0330": -12600, " +02 ": 7200} {
		zone, err := ParseZone(s)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if _, offset := at.In(zone).Zone(); offset != want {
			t.Errorf("%q has offset %d, want %d", s, offset, want)
		}
	}
	if zone, err := ParseZone(""); zone != nil || err != nil {
		t.Errorf("empty zone = %v, %v, want nil", zone, err)
	}
}
