package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/columns"
	"sluice/kit"
	"sluice/schedule"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// scheduleScreen is the tab with the schedules of a source, one of which has missed runs.
func scheduleScreen() fyne.CanvasObject {
	day := func(days int, hour, minute int) time.Time {
		return time.Date(2026, 11, 23+days, hour, minute, 0, 0, sydney)
	}
	list := schedule.List{
		{Name: "nightly", Source: "a", When: "weekdays 02:00", Zone: "Australia/Sydney", Window: "since-last-success", Deadline: "5h"},
		{Name: "everything", Source: "a", When: "monthly 1 03:00", Zone: "Australia/Sydney", Window: "all"},
	}
	states := map[string]schedule.State{
		"nightly":    {Last: &schedule.Result{Outcome: schedule.Completed, Ended: day(0, 2, 4), Job: 12}},
		"everything": {Missed: &schedule.Missed{First: day(-22, 3, 0), Last: day(-22, 3, 0), Count: 1}},
	}
	v := view.NewSchedules([]string{"Australia/Sydney"}, true)
	v.Render(view.SchedulesModel{Rows: present.ScheduleRows(list, states, "a", now), Note: texts.T.Schedule.RunsHere})
	return pageScreen(completed(), snapshotHead(), view.ScheduleTab, look.Space(0, 0), look.Space(0, 0), look.Space(0, 0), v.Object)
}

// redactionScreen is the card about redaction, with the profile that takes most.
func redactionScreen() fyne.CanvasObject {
	r := view.NewRedaction()
	r.Render(present.RedactionOf("gdpr", nil, true))
	return pageScreen(ready(), snapshotHead(), view.ExportTab, view.NewExportTab(view.NewNewExport(nil).Foot, nil, r.Object))
}

// kitScreen are the statements that load the files of a job into the first engine.
func kitScreen() fyne.CanvasObject {
	job := kit.Job{Name: "job 12", Folder: "/home/ana/sluice/wiki/data-pipeline/export/12", Escape: `\n`}
	for _, table := range columns.Confluence {
		job.Files = append(job.Files, kit.File{Table: table.Name, Path: job.Folder + "/" + table.Name + "_job12_2026_11_23T03_02_11Z.csv", Columns: table.Columns})
	}
	panel := view.NewKit(present.KitTitles())
	panel.OnEngine = func(i int) { panel.Render(present.KitOf(kit.Engines[i], job)) }
	panel.Engine.SetSelectedIndex(0)
	back := look.NewButton(look.Outlined, texts.T.App.Close, "", nil)
	return container.NewCenter(look.NewCard(view.NewPanel(fmt.Sprintf(texts.T.Kit.Title, 12), panel.Object, back)))
}
