//go:build unix

package takes

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
)

// surveysOfPostgres: what a dry run tells of a running PostgreSQL, and the rights
// that it asks for are those that are needed, and no more.
func surveysOfPostgres(t *testing.T, p *postgres) {
	s, err := Plan(t.Context(), p.address("admin"), Options{})
	if err != nil || !s.Ready || !s.DryRun || s.Kind != "PostgreSQL database" || s.Schema != "public" || s.User != "admin" || !s.Listed || len(s.Grants) > 0 {
		t.Errorf("of the owner: %v, %+v", err, s)
	}
	content := slices.IndexFunc(s.Tables, func(x SurveyTable) bool { return x.Table == "content" })
	if content < 0 || s.Tables[content].Bytes <= 0 || s.Bytes < s.Tables[content].Bytes || s.Seconds < 0 {
		t.Errorf("sizes: %+v", s)
	}
	if s.Build != 9012 || s.Version != "8.5" {
		t.Errorf("build %d of %q", s.Build, s.Version)
	}
	if !slices.ContainsFunc(s.Tables, func(x SurveyTable) bool { return x.Table == "AO_7B47A5_EVENT" }) {
		t.Errorf("no table in upper case: %+v", s.Tables)
	}
	if !slices.ContainsFunc(s.Missing, func(m MissingTable) bool { return m.Table == "plugin_setting" && !m.Required }) {
		t.Errorf("missing: %+v", s.Missing)
	}

	p.sql(`CREATE ROLE "o""dd Näme" LOGIN; REVOKE USAGE ON SCHEMA public FROM PUBLIC;
		GRANT SELECT (contentid, title) ON content TO "o""dd Näme"; GRANT SELECT ON label TO "o""dd Näme"`)
	address := strings.Replace(p.address("admin"), "admin@", "o%22dd%20N%C3%A4me@", 1)
	s, err = Plan(t.Context(), address, Options{})
	if !errors.Is(err, feed.ErrDenied) || s.Ready || len(s.Tables) == 0 || s.Bytes <= 0 {
		t.Fatalf("without rights: %v, %+v", err, s)
	}
	all := strings.Join(s.Grants, "\n")
	for _, want := range []string{`GRANT USAGE ON SCHEMA "public" TO "o""dd Näme";`, `GRANT SELECT ("contenttype", "version",`, `ON "public"."content" TO "o""dd Näme";`} {
		if !strings.Contains(all, want) || !strings.Contains(err.Error(), want) {
			t.Errorf("no %s in\n%s\n%v", want, all, err)
		}
	}
	for _, not := range []string{`"contentid", "contenttype"`, `"title"`, `"label"`, "credential"} {
		if strings.Contains(all, not) {
			t.Errorf("%s in\n%s", not, all)
		}
	}
	p.sql(all)
	if s, err = Plan(t.Context(), address, Options{}); err != nil || !s.Ready || len(s.Grants) > 0 || s.Build != 9012 {
		t.Errorf("with the rights that were asked for: %v, %+v", err, s)
	}
	l := &liveTake{t: t, dir: t.TempDir()}
	if _, _, err := l.of(address, Options{}); err != nil {
		t.Errorf("a snapshot with them: %v", err)
	}

	// A policy that hides rows would give a part for the whole.
	p.sql(`ALTER TABLE spaces ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON spaces USING (spaceid < 0)`)
	s, err = Plan(t.Context(), address, Options{})
	if !errors.Is(err, feed.ErrDenied) || !slices.Equal(s.Grants, []string{`ALTER ROLE "o""dd Näme" BYPASSRLS;`}) {
		t.Errorf("behind a policy: %v, %q", err, s.Grants)
	}
	p.sql(s.Grants[0])
	if _, _, err := l.of(address, Options{}); err != nil {
		t.Errorf("past the policy: %v", err)
	}
	p.sql(`ALTER TABLE spaces DISABLE ROW LEVEL SECURITY; CREATE DATABASE closed; REVOKE CONNECT ON DATABASE closed FROM PUBLIC`)
	closed := strings.Replace(address, "/postgres?", "/closed?", 1)
	if _, err = Plan(t.Context(), closed, Options{}); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), `GRANT CONNECT ON DATABASE "closed" TO "o""dd Näme";`) {
		t.Errorf("of a database that may not be entered: %v", err)
	}
	p.sql(`GRANT USAGE ON SCHEMA public TO PUBLIC`)
	l.clean()
}
