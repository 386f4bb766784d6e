package present

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/hooks"
	"sluice/pipeline"
	"sluice/retention"
)

func TestReadRetention(t *testing.T) {
	s, wrong := ReadRetention(RetentionInput{Keep: " 10 ", Age: "90d", Size: "500GB", Partial: "1d"})
	if want := (retention.Settings{Keep: 10, MaxAge: "90d", MaxSize: "500GB", PartialAge: "1d"}); len(wrong) > 0 || s != want {
		t.Errorf("%+v, %v", s, wrong)
	}
	if in := RetentionInputOf(s); in != (RetentionInput{"10", "90d", "500GB", "1d"}) {
		t.Errorf("%+v", in)
	}
	if s, wrong := ReadRetention(RetentionInput{}); s != (retention.Settings{}) || len(wrong) > 0 {
		t.Errorf("%+v, %v", s, wrong)
	}
	for field, in := range map[string]RetentionInput{FieldKeep: {Keep: "0"}, FieldKeptAge: {Age: "soon"}, FieldKeptSize: {Size: "much"}, FieldKeptPartial: {Partial: "-1h"}} {
		if _, wrong := ReadRetention(in); wrong.First() != field || strings.Contains(wrong.Of(field), "max-") {
			t.Errorf("%+v: %v", in, wrong)
		}
	}
}

// TestRetentionRows: each reason has words of its own.
func TestRetentionRows(t *testing.T) {
	said := map[string]bool{}
	var choices []retention.Choice
	for _, r := range []retention.Reason{retention.ReasonNewest, retention.ReasonWithin, retention.ReasonRecent, retention.ReasonUnread, retention.ReasonOwed, retention.ReasonKeep,
		retention.ReasonAge, retention.ReasonSize, retention.ReasonPartial, retention.ReasonAsked} {
		c := retention.Choice{Export: retention.Export{Job: pipeline.Job{ID: 4}, Bytes: 1_000_000}, Reason: r}
		if r == retention.ReasonUnread {
			c.Unreadable = errors.New("of a newer version")
		}
		choices = append(choices, c)
	}
	rows, total := RetentionRows(choices, time.UTC)
	for i, row := range rows {
		if row.Why == "" || said[row.Why] || row.Goes != choices[i].Reason.Goes() || row.Ended != "—" && row.Ended != "–" {
			t.Errorf("%s: %+v", choices[i].Reason, row)
		}
		said[row.Why] = true
	}
	if total.Goes != 5 || total.Says(len(rows)) != "5 exports go, 5.0 MB; 5.0 MB stay." || !said["its manifest cannot be read: of a newer version"] {
		t.Errorf("%+v, %s", total, total.Says(len(rows)))
	}
	if got := (RetentionTotal{}).Says(0); got != "No export has files here." {
		t.Error(got)
	}
}

func TestReadHook(t *testing.T) {
	h, wrong := ReadHook(HookInput{Name: "duty", Command: `/bin/tell 'a "b"' "" c`, Failure: true}, hooks.Hook{}, nil)
	if len(wrong) > 0 || !slices.Equal(h.Command, []string{"/bin/tell", `a "b"`, "", "c"}) || !slices.Equal(h.On, []hooks.On{hooks.OnFailure}) {
		t.Errorf("%+v, %v", h, wrong)
	}
	if again, wrong := ReadHook(HookInputOf(hooks.Hook{Name: "all", Command: []string{"/bin/x"}, On: hooks.All}), hooks.Hook{}, nil); len(wrong) > 0 || !slices.Equal(again.On, hooks.All) {
		t.Errorf("%+v, %v", again, wrong)
	}
	if in := HookInputOf(h); in.Command != `/bin/tell 'a "b"' "" c` || in.ByURL || !in.Failure || in.End {
		t.Errorf("%+v", in)
	}
	kept := hooks.Hook{Name: "web", URLFile: "/etc/hook", SecretFile: "/etc/key", On: hooks.All}
	if h, wrong := ReadHook(HookInput{Name: "web", ByURL: true, Missed: true}, kept, nil); len(wrong) > 0 || h.URLFile != "/etc/hook" || h.SecretFile != "/etc/key" {
		t.Errorf("%+v, %v", h, wrong)
	}
	for field, in := range map[string]HookInput{
		FieldHookName: {Name: "duty", Command: "x", End: true}, FieldHookCommand: {Name: "a", Command: `x "y`, End: true}, FieldHookURL: {Name: "a", ByURL: true, URL: "https://u:s3cret@h/", End: true},
		FieldHookOn: {Name: "a", Command: "x"},
	} {
		if _, wrong := ReadHook(in, hooks.Hook{}, []hooks.Hook{{Name: "duty"}}); wrong.First() != field || strings.Contains(wrong.Of(field), "s3cret") {
			t.Errorf("%s: %v", field, wrong)
		}
	}
}

func TestHookRows(t *testing.T) {
	rows := HookRows([]hooks.Hook{{Name: "a", Command: []string{"/bin/x", "s3cret"}, On: []hooks.On{hooks.OnEnd}}, {Name: "b", URL: "https://h/s3cret", On: hooks.All, Disabled: true}})
	want := []HookRow{{"a", "/bin/x is told of the end of every run", true}, {"b", "https://h is told of the end of every run, runs that fail, runs that were missed, jobs that may be stuck · no key signs its requests", false}}
	if !slices.Equal(rows, want) {
		t.Errorf("%+v", rows)
	}
}
