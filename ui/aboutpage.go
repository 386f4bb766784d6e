package ui

import (
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/assets/licences"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// about is the tab that tells of the program itself.
func (s *settingsPage) about() fyne.CanvasObject {
	facts := s.w.facts()
	linked, err := licences.Linked(debug.ReadBuildInfo())
	if err != nil {
		s.w.o.Logger.Error("licences", "error", err)
	}
	list := make([]view.Library, len(linked))
	for i, l := range linked {
		list[i] = view.Library{Name: l.Name, Version: l.Version, Licence: l.Kind}
	}
	copied := func() {
		lines := make([]string, len(facts))
		for i, f := range facts {
			lines[i] = f.Caption + "\t" + f.Value
		}
		s.w.copy(strings.Join(lines, "\n") + "\n")
	}
	return view.NewAbout(facts, list, copied, func(i int) {
		s.w.showPanel(present.Joined(linked[i].Name, linked[i].Kind), view.NewLicence(linked[i].Text))
	})
}

// facts are what there is to know of this program and where it keeps what.
func (w *Window) facts() []look.Fact {
	t := texts.T.Settings
	facts := []look.Fact{{Caption: t.Version, Value: w.o.Version}, {Caption: t.Licence, Value: t.LicenceText}}
	if from := builtFrom(debug.ReadBuildInfo()); from != "" {
		facts = append(facts, look.Fact{Caption: t.Built, Value: from})
	}
	facts = append(facts, look.Fact{Caption: t.System, Value: present.Joined(runtime.GOOS+"/"+runtime.GOARCH, runtime.Version())},
		look.Fact{Caption: t.Home, Value: w.o.Homes}, look.Fact{Caption: t.Config, Value: filepath.Dir(w.o.Store.Path())})
	if w.o.LogFile != "" {
		facts = append(facts, look.Fact{Caption: t.LogFile, Value: w.o.LogFile})
	}
	return facts
}

// builtFrom is the revision that the program was built from; "" if it does not tell.
func builtFrom(info *debug.BuildInfo, ok bool) string {
	if !ok {
		return ""
	}
	said := map[string]string{}
	for _, s := range info.Settings {
		said[s.Key] = s.Value
	}
	revision := said["vcs.revision"]
	if len(revision) > 12 {
		revision = revision[:12]
	}
	changed := ""
	if said["vcs.modified"] == "true" {
		changed = "+"
	}
	if revision == "" {
		return ""
	}
	return present.Joined(revision+changed, said["vcs.time"])
}
