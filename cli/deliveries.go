package cli

import (
	"errors"
	"fmt"

	"sluice/deliver"
	"sluice/listfile"
	"sluice/places"
	"sluice/schedule"
	"sluice/source"
	"sluice/visible"
)

// deliveriesCommand keeps the list of deliveries that follow the runs of schedules.
type deliveriesCommand struct {
	deliverFlags `embed:""`
	Action       string  `arg:"" optional:"" enum:"list,add,remove,test,retry,forget" default:"list" help:"list shows all (the default) and what they owe; the others are about one. add replaces the one of that name; test reaches its place and writes nothing; retry brings what it owes; forget lets a job be that it owes."`
	Name         string  `arg:"" optional:"" help:"The name of the delivery."`
	To           string  `arg:"" optional:"" type:"raw" name:"place" help:"With add: a folder (of a mounted share), sftp://user@host/path or s3://bucket/prefix."`
	Source       string  `placeholder:"NAME" help:"With add: the source whose exports are delivered, by its name in the list of sources."`
	Job          []int64 `placeholder:"N" help:"With forget: the job that is not brought any more, since its files are gone, or nobody wants them. It can be given several times."`
	JSON         bool    `name:"json" help:"Print JSON."`
}

func (x *deliveriesCommand) Run(c *call) error {
	if err := x.check(c); err != nil {
		return usageError{err}
	}
	folder, err := places.Config()
	if err != nil {
		return err
	}
	file := deliver.NewFile(folder)
	switch x.Action {
	case "add":
		return x.add(c, file, deliver.NewOwedFile(folder))
	case "remove":
		return x.remove(c, file, deliver.NewOwedFile(folder))
	case "test":
		return x.test(c, file)
	case "retry":
		return x.retry(c, file, deliver.NewOwedFile(folder))
	case "forget":
		return x.forget(c, file, deliver.NewOwedFile(folder))
	}
	return x.list(c, file, deliver.NewOwedFile(folder))
}

// check refuses what does not go together.
func (x *deliveriesCommand) check(c *call) error {
	switch {
	case x.Name == "" && x.Action != "list":
		return fmt.Errorf("which delivery? Write: sluice deliveries %s NAME", x.Action)
	case x.Name != "" && x.Action == "list":
		return errors.New("list takes no name")
	case x.Action == "add" && (x.To == "" || x.Source == ""):
		return fmt.Errorf("what goes where? Write: sluice deliveries add %s PLACE --source NAME", visible.Cut(x.Name, longestWord))
	}
	if c.typed["job"] && x.Action != "forget" {
		return fmt.Errorf("%s takes no --job: forget does", x.Action)
	}
	if x.Action == "add" {
		return nil
	}
	for _, flag := range []string{"source", "as", "redact", "layout", "pack", "files", "ssh-key", "ssh-known-hosts", "ssh-passphrase-file", "s3-endpoint", "s3-region", "s3-profile"} {
		if c.typed[flag] || x.To != "" {
			return fmt.Errorf("%s takes no settings: add does", x.Action)
		}
	}
	return nil
}

// add puts a delivery into the list, in the place of one of its name.
func (x *deliveriesCommand) add(c *call, file *deliver.File, owed *deliver.OwedFile) error {
	sources, err := sourceList()
	if err != nil {
		return err
	}
	of, err := sources.Named(x.Source)
	if err != nil {
		return usageError{err}
	}
	if of.Kind == source.KindServer && of.Server.Folder == "" {
		return usageError{fmt.Errorf("the files of %q lie on its server: say where its shared home is, by \"sluice sources edit NAME --shared-home PLACE\", so that they can be fetched", of.Name)}
	}
	if err := errors.Join(checkRedact(x.Redact), x.checkPassphrase(c)); err != nil {
		return err
	}
	d := x.delivery()
	d.Name, d.Source, d.To = x.Name, of.ID, x.To
	if err := d.Validate(); err != nil {
		return usageError{err}
	}
	if d, err = d.FromAnywhere(); err != nil {
		return err
	}
	if err := nameable(d.Name); err != nil {
		return err
	}
	files, err := openSchedules()
	if err != nil {
		return err
	}
	schedules, err := files.list.Load()
	if err != nil {
		return err
	}
	if err := schedule.RedactedTwice(schedules, of, []deliver.Delivery{d}); err != nil {
		return usageError{err}
	}
	err = file.Update(func(l []deliver.Delivery) ([]deliver.Delivery, error) {
		if err := errors.Join(deliver.Apart(l, d), ofAnother(l, d, owed)); err != nil {
			return nil, usageError{err}
		}
		return listfile.With(l, d), nil
	})
	if err != nil {
		return err
	}
	if x.JSON {
		return c.document(d, nil)
	}
	visible.Fprintf(c.program.Out, "Kept the delivery %s: each export of %s that a schedule has made goes to %s. \"sluice deliveries test %s\" tries to reach it.\n", d.Name, of.Name, d.To, d.Name)
	return nil
}

// remove takes a delivery out of the list, with what it owes: that would keep files for
// nobody.
func (x *deliveriesCommand) remove(c *call, file *deliver.File, owed *deliver.OwedFile) error {
	gone, err := removed(file, x.Name)
	if err != nil {
		return err
	}
	if err := owed.Forget(gone.Name); err != nil {
		return err
	}
	if x.JSON {
		return c.document(gone, nil)
	}
	visible.Fprintf(c.program.Out, "Removed the delivery %s. What was delivered stays.\n", gone.Name)
	return nil
}

// test reaches the place of a delivery.
func (x *deliveriesCommand) test(c *call, file *deliver.File) error {
	d, err := x.named(file)
	if err != nil {
		return err
	}
	to, err := d.Open(c.ctx)
	if err != nil {
		return signalled(err)
	}
	if err := to.Close(); err != nil {
		return err
	}
	if x.JSON {
		return c.document(d, nil)
	}
	visible.Fprintf(c.program.Out, "%s can be reached. Nothing was written.\n", to)
	return nil
}

// named is the delivery of the list that the command is told.
func (x *deliveriesCommand) named(file *deliver.File) (d deliver.Delivery, err error) {
	list, err := file.Load()
	if err != nil {
		return d, err
	}
	if d, err = file.Find(list, x.Name); err != nil {
		return d, usageError{err}
	}
	return d, nil
}

// retry brings what a delivery owes.
func (x *deliveriesCommand) retry(c *call, file *deliver.File, owed *deliver.OwedFile) error {
	d, err := x.named(file)
	if err != nil {
		return err
	}
	sources, err := sourceList()
	if err != nil {
		return err
	}
	i := sources.Find(d.Source)
	if i < 0 {
		return fmt.Errorf("the source of the delivery %s is gone: its home, with the key for pseudonyms, is not known", d.Name)
	}
	results := []deliver.Result{}
	with := deliver.With{Home: sources[i].FetchHome(c.journals), Version: c.program.Version, Warn: func(w string) { c.logger.Warn(w) }}
	n, err := owed.Bring(d.Name, func(folder string) error {
		r, err := delivered(c, d, folder, with)
		if err == nil {
			results = append(results, r)
		}
		return err
	})
	if left, of := owed.Of(d.Name); err == nil && of == nil {
		err = unfetched(left, sources[i].Name)
	}
	if x.JSON {
		return c.document(struct {
			Delivered []deliver.Result `json:"delivered"`
		}{results}, signalled(err))
	}
	for _, r := range results {
		describeDelivery(c.program.Out, r)
	}
	if n == 0 && err == nil {
		visible.Fprintf(c.program.Out, "The delivery %s owes nothing.\n", d.Name)
	}
	return signalled(err)
}

func (x *deliveriesCommand) list(c *call, file *deliver.File, owed *deliver.OwedFile) error {
	all, err := file.Load()
	if err != nil {
		return err
	}
	list := []shownDelivery{}
	for _, d := range all {
		o, err := owed.Of(d.Name)
		if err != nil {
			return err
		}
		list = append(list, shownOf(d, o))
	}
	if x.JSON {
		return c.document(struct {
			Deliveries []shownDelivery `json:"deliveries"`
		}{list}, nil)
	}
	if len(list) == 0 {
		fmt.Fprintln(c.program.Out, `There is no delivery. "sluice deliveries add NAME PLACE --source NAME" adds one.`)
		return nil
	}
	sources, err := sourceList()
	if err != nil {
		return err
	}
	for _, d := range list {
		of := "a source that is gone"
		if i := sources.Find(d.Source); i >= 0 {
			of = sources[i].Name
		}
		redacted := ""
		if d.Redact != "" {
			redacted = ", redacted by " + d.Redact
		}
		if d.As != "" {
			redacted += ", as Parquet"
		}
		visible.Fprintf(c.program.Out, "%s: exports of %s go to %s%s\n", d.Name, of, d.To, redacted)
		d.describeOwed(c.program.Out, of)
	}
	return nil
}
