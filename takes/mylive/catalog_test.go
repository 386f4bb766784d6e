package mylive

import (
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
)

// listed is what a server tells of its tables: one stored by InnoDB in upper case, with
// columns that nobody needs, and a view.
var listed = answer{about: "information_schema.TABLES", rows: [][]driver.Value{
	{[]byte("AO_EVENT"), nil, []byte("ID"), []byte("bigint"), nil, nil},
	{[]byte("BODYCONTENT"), []byte("InnoDB"), []byte("CONTENTID"), []byte("bigint"), uint64(12), int64(4096)},
	{[]byte("BODYCONTENT"), []byte("InnoDB"), []byte("FLAG"), []byte("BIT"), uint64(12), int64(4096)},
	{[]byte("BODYCONTENT"), []byte("InnoDB"), []byte("SECRET"), []byte("text"), uint64(12), int64(4096)},
	{[]byte("BODYCONTENT"), []byte("InnoDB"), []byte("BODY"), []byte("longtext"), uint64(12), int64(4096)},
}}

func TestTablesAreFound(t *testing.T) {
	f := &fake{t: t, answers: []answer{listed}}
	tables, err := f.database().relations(t.Context(), wish{})
	if err != nil || len(tables) != 2 {
		t.Fatalf("%+v, %v", tables, err)
	}
	setMarks(tables, wish{})
	view, body := tables[0], tables[1]
	if view.engine != "" || view.rows != -1 || view.bytes != -1 || view.mark != "" || !slices.Equal(view.names(), []string{"ID"}) {
		t.Errorf("the view: %+v", view)
	}
	if body.engine != "InnoDB" || body.rows != 12 || body.bytes != 4096 || !slices.Equal(body.names(), []string{"CONTENTID", "FLAG", "BODY", "sluice_mark"}) {
		t.Errorf("the table: %+v", body)
	}
	for column, want := range map[string]string{"CONTENTID": "`CONTENTID`", "FLAG": "`FLAG` + 0", "BODY": "`BODY`", "sluice_mark": markOf("BODY")} {
		if got := body.expression(column); got != want {
			t.Errorf("%s is read as %s", column, got)
		}
	}
	if sql := f.asked[0]; !strings.Contains(sql, literal("bodycontent")+", "+literal("ao_event")) {
		t.Errorf("names are asked for without care for their case: %s", sql)
	}
}

// TestRights: what the server has against a probe says what lacks, and which statement
// gives it; what there need not be is told, and does not stop the reading.
func TestRights(t *testing.T) {
	table, event := answer{about: "SELECT `CONTENTID`, `FLAG`, `BODY` FROM"}, answer{about: "SELECT `ID` FROM"}
	extra := answer{about: "SELECT `extra` FROM", err: refusal(noColumn)}
	with := func(a answer, number uint16) answer {
		a.err = refusal(number)
		return a
	}
	for name, c := range map[string]struct {
		answers []answer
		err     string // "" if all that is needed may be read
		kind    error
		hidden  string
	}{
		"all":                       {[]answer{listed, table, event, extra}, "", nil, ""},
		"no right on a column":      {[]answer{listed, with(table, columnDenied), event, extra}, "GRANT SELECT ON `wi``ki`.`BODYCONTENT` TO 'reader'@'%';", feed.ErrDenied, ""},
		"no right on a table":       {[]answer{listed, with(table, tableDenied), event, extra}, "GRANT SELECT ON `wi``ki`.`BODYCONTENT` TO 'reader'@'%';", feed.ErrDenied, ""},
		"a column that is not seen": {[]answer{listed, table, event, with(extra, columnDenied)}, "", nil, "columns BODYCONTENT.extra do not exist, or 'reader'@'%' may not read them: if they do, allow it with GRANT SELECT (`extra`) ON"},
		"a table that may lack": {[]answer{{about: "information_schema", rows: listed.rows[1:]}, table, {about: "SELECT 1 FROM `wi``ki`.`AO_EVENT`", err: refusal(tableDenied)}, extra},
			"", nil, "tables AO_EVENT do not exist"},
		"a table that does lack": {[]answer{{about: "information_schema", rows: listed.rows[1:]}, table, {about: "SELECT 1 FROM `wi``ki`.`AO_EVENT`", err: refusal(noTable)}, extra}, "", nil, ""},
		"a table that is hidden": {[]answer{{about: "information_schema", rows: listed.rows[:1]}, event, {about: "SELECT 1 FROM `wi``ki`.`bodycontent`", err: refusal(tableDenied)}},
			"GRANT SELECT ON `wi``ki`.`bodycontent` TO 'reader'@'%';\nThe server shows no names of tables", feed.ErrDenied, ""},
		"no Confluence":            {[]answer{{about: "information_schema"}, {about: "SELECT 1 FROM", err: refusal(noTable)}}, "holds no Confluence: it has no table bodycontent", feed.ErrDamaged, ""},
		"a server that shuts down": {[]answer{listed, with(table, 1053), event, extra}, "was cut while it was read", feed.ErrDamaged, ""},
	} {
		f := &fake{t: t, answers: c.answers}
		d, info := f.database(), Info{User: "'reader'@'%'"}
		d.cased = true
		_, err := d.prepare(t.Context(), &info, wish{}, []string{"bodycontent"})
		if (err == nil) != (c.err == "") || err != nil && (!strings.Contains(err.Error(), c.err) || !errors.Is(err, c.kind)) {
			t.Errorf("%s: %v, want %q", name, err, c.err)
		}
		if said := info.Unseen(); (said == "") != (c.hidden == "") || !strings.Contains(said, c.hidden) {
			t.Errorf("%s: hidden: %q", name, said)
		}
		if denied := slices.ContainsFunc(info.Tables, func(t Table) bool { return t.Denied }); denied != errors.Is(err, feed.ErrDenied) {
			t.Errorf("%s: tables %+v", name, info.Tables)
		}
	}
}
