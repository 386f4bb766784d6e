package shape

import (
	"strings"
	"testing"
)

// TestOnlyTheBaseURLOfSettingsIsTaken: beside it are passwords and addresses, and no row
// of anything else is kept.
func TestOnlyTheBaseURLOfSettingsIsTaken(t *testing.T) {
	for name, c := range map[string]struct {
		table string
		row   []string
		want  string // of the value; "" for a row that is not taken
	}{
		"bandana": {"bandana", []string{"1", "_GLOBAL", "atlassian.confluence.settings", "<settings><smtpPassword>geheim</smtpPassword><baseUrl>https://wiki/a&amp;b/</baseUrl></settings>"},
			"<settings><baseUrl>https://wiki/a&amp;b</baseUrl></settings>"},
		"bandana of a space":  {"bandana", []string{"1", "DOC", "atlassian.confluence.settings", "<settings/>"}, ""},
		"another key":         {"bandana", []string{"1", "_GLOBAL", "mail.password", "geheim"}, ""},
		"a damaged bandana":   {"bandana", []string{"1", "_GLOBAL", "atlassian.confluence.settings", "<settings><geheim"}, "<settings><baseUrl></baseUrl></settings>"},
		"a setting":           {"plugin_setting", []string{"_GLOBAL", "atlassian.confluence.settings", `{"baseUrl":"https://wiki","token":"geheim"}`}, `{"baseUrl":"https://wiki"}`},
		"a damaged setting":   {"plugin_setting", []string{"_GLOBAL", "atlassian.confluence.settings", `{"token":"geheim"`}, `{"baseUrl":""}`},
		"a setting of others": {"plugin_setting", []string{"plugin", "atlassian.confluence.settings", "geheim"}, ""},
	} {
		row := make([][]byte, len(c.row))
		for i, v := range c.row {
			row[i] = []byte(v)
		}
		taken := Find(strings.ToUpper(c.table)).Reduce(row)
		got := string(row[len(row)-1])
		if taken != (c.want != "") || taken && (got != c.want || strings.Contains(got, "geheim")) {
			t.Errorf("%s: taken %v, %q", name, taken, got)
		}
	}
}

// TestKeysAndTypes: what a snapshot declares fits together.
func TestKeysAndTypes(t *testing.T) {
	for i := range Tables {
		table := &Tables[i]
		if key := table.Columns[table.KeyIndex()]; table.Compared != Whole && (!key.Key || !key.IsNumber()) {
			t.Errorf("%s is compared by a key that is no number: %s", table.Name, key.Name)
		}
		for _, name := range append([]string{table.Summed}, table.Indexes...) {
			if name != "" && table.Index(name) < 0 {
				t.Errorf("%s has no column %s", table.Name, name)
			}
		}
		for _, c := range table.Columns {
			if c.IsNumber() != (c.Type.SQL() == "INTEGER") || c.Private != (c.Name == Mark) {
				t.Errorf("%s.%s: %+v", table.Name, c.Name, c)
			}
		}
	}
	if Find("os_user") != nil || Find("cwd_user").Index("credential") >= 0 {
		t.Error("passwords are taken")
	}
}
