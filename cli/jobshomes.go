package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"sluice/jobcsv"
	"sluice/pipeline"
	"sluice/places"
	"sluice/schedule"
	"sluice/source"
)

// awayError says that a home is not there in which there were exports.
type awayError struct{ home string }

func (e awayError) Error() string {
	return fmt.Sprintf("its home %s is not there, or is empty, and there were exports in it: is what belongs there mounted?", e.home)
}

// homePatience is how long the jobs of a source may take to be read: thousands of them lie in some
// homes, on the shares of a slow network.
const homePatience = 30 * time.Second

// silentHomeError says that the homes of a source do not answer.
type silentHomeError struct{ after time.Duration }

func (e silentHomeError) Error() string {
	return fmt.Sprintf("where its jobs are has not answered for %s: is a mounted folder among them whose server is away?", e.after)
}

// jobsOf are the jobs of a source: those of the homes of a snapshot, and those of a server that
// were seen from here. notes are what people should know of it; known are the sources that
// something was exported of.
func (x *jobsCommand) jobsOf(c *call, s source.Source, known map[string]bool) (list []sourceJob, notes []string, err error) {
	add := func(of source.Source, jobs []pipeline.Job, note string) {
		for _, job := range jobs {
			j := sourceJob{source: of, job: job, folder: x.folderOf(of, job)}
			j.bytes = jobcsv.BytesIn(j.folder)
			list = append(list, j)
		}
		if note != "" {
			notes = append(notes, note)
		}
	}
	if s.Kind == source.KindServer {
		jobs, err := c.backendIn(x.Home).Journal(s).Jobs(c.ctx, 0)
		add(s, jobs, sharedHomeNote(s))
		return list, notes, err
	}
	for i, home := range s.Homes() {
		if home == "" {
			continue
		}
		of := s.At(home)
		jobs, note, why := homeJobs(c, of, i == 0 && known[s.ID])
		if i > 0 { // nothing may ever have been exported there
			note = ""
		}
		add(of, jobs, note)
		err = errors.Join(err, why)
	}
	return list, notes, err
}

// homeJobs are the jobs of the home of a source; none where nothing was exported yet.
func homeJobs(c *call, s source.Source, exported bool) (jobs []pipeline.Job, note string, err error) {
	if checkExports(s.Home) != nil {
		if exported || len(s.Reached) > 0 {
			return nil, "", awayError{s.Home}
		}
		return nil, fmt.Sprintf("there is no export in %s: nothing was exported yet, or what belongs there is not mounted", s.Home), nil
	}
	exporter, err := openHome(c, s.Home)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	jobs, err = exporter.Jobs(c.ctx, 0)
	return jobs, "", err
}

// sharedHomeNote says that the shared home of a server is not mounted, if it is to be.
func sharedHomeNote(s source.Source) string {
	mounted := s.Server.Mounted()
	if mounted == "" {
		return ""
	}
	if _, err := os.Stat(mounted); err != nil {
		return fmt.Sprintf("its shared home %s is not there: of jobs that were not fetched the files are not known", mounted)
	}
	return ""
}

// exportedSources are the sources of which a schedule has exported something: what cannot be
// read is told by who needs it.
func exportedSources() map[string]bool {
	known := map[string]bool{}
	folder, err := places.Config()
	if err != nil {
		return known
	}
	list, _ := schedule.NewFile(folder).Load()
	states, _ := schedule.NewStateFile(folder).Load()
	for _, s := range list {
		if ok := states[s.Name].LastSuccess; ok != nil && ok.Job != 0 {
			known[s.Source] = true
		}
	}
	return known
}
