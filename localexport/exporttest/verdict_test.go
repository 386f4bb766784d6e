package exporttest

import (
	"database/sql"
	"errors"
	"testing"

	"sluice/pipeline"
	"sluice/rules"
)

// TestVerdictGoesByTheRules: a snapshot in which nothing is live is not exported, but
// by a rule that takes what is there for live, whatever was found without it; and the
// other way round.
func TestVerdictGoesByTheRules(t *testing.T) {
	o := Options(t)
	db, err := sql.Open("sqlite", o.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE content SET content_status = NULL"); err != nil {
		t.Fatal(err)
	}
	for _, take := range []bool{false, true, false} {
		if o.Rules = nil; take {
			o.Rules = rules.Chosen{"statusless-content": rules.On}
		}
		e := Open(t, o)
		_, err := e.Start(t.Context(), everything)
		if refused := errors.As(err, new(*pipeline.ValidationError)); refused == take || err != nil && !refused {
			t.Errorf("with the rule %v: %v", take, err)
		}
		if err == nil {
			if job, err := e.Wait(t.Context()); err != nil || job.Status != pipeline.Completed {
				t.Errorf("with the rule: %+v, %v", job, err)
			}
		}
		if err := e.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
