package cli

import (
	"errors"
	"fmt"
	"time"

	"sluice/hooks"
	"sluice/listfile"
	"sluice/places"
	"sluice/visible"
)

// hooksCommand keeps the list of those who are told what became of exports.
type hooksCommand struct {
	Action     string   `arg:"" optional:"" enum:"list,add,remove,test" default:"list" help:"list shows all (the default); add, remove and test are about one. add replaces the one of that name."`
	Name       string   `arg:"" optional:"" help:"The name of the hook."`
	Command    []string `arg:"" optional:"" passthrough:"partial" help:"With add, behind --: a program and its arguments, which gets the event as JSON on its standard input. No shell is between."`
	On         []string `placeholder:"WHAT" help:"With add: what it is called for: end (of any run), failure, missed, stuck (a job that may never end). May be given again. Default: failure, missed and stuck."`
	URL        string   `name:"url" placeholder:"URL" help:"With add: where the event is sent by POST, in place of a program."`
	URLFile    string   `name:"url-file" type:"path" placeholder:"FILE" help:"With add: file with that URL, if it is a secret."`
	SecretFile string   `name:"secret-file" type:"path" placeholder:"FILE" help:"With add: file with the key that signs requests (HMAC-SHA-256, header Sluice-Signature)."`
	JSON       bool     `name:"json" help:"Print JSON."`
}

func (x *hooksCommand) Run(c *call) error {
	if err := x.check(c); err != nil {
		return usageError{err}
	}
	folder, err := places.Config()
	if err != nil {
		return err
	}
	file := hooks.NewFile(folder)
	switch x.Action {
	case "add":
		return x.add(c, file)
	case "remove":
		return x.remove(c, file)
	case "test":
		return x.test(c, file)
	}
	list, err := file.Load()
	if err != nil {
		return err
	}
	return x.list(c, list)
}

// check refuses what does not go together.
func (x *hooksCommand) check(c *call) error {
	settings := c.typed["on"] || c.typed["url"] || c.typed["url-file"] || c.typed["secret-file"] || len(x.Command) > 0
	switch {
	case x.Name == "" && x.Action != "list":
		return fmt.Errorf("which hook? Write: sluice hooks %s NAME", x.Action)
	case x.Name != "" && x.Action == "list":
		return errors.New("list takes no name")
	case settings && x.Action != "add":
		return fmt.Errorf("%s takes no settings: add does", x.Action)
	}
	return nil
}

// add puts a hook into the list, in the place of one of its name.
func (x *hooksCommand) add(c *call, file *hooks.File) error {
	command := x.Command
	if len(command) > 0 && command[0] == "--" {
		command = command[1:]
	}
	h := hooks.Hook{Name: x.Name, Command: command, URL: x.URL, URLFile: x.URLFile, SecretFile: x.SecretFile}
	for _, on := range x.On {
		h.On = append(h.On, hooks.On(on))
	}
	if len(h.On) == 0 {
		h.On = []hooks.On{hooks.OnFailure, hooks.OnMissed, hooks.OnStuck}
	}
	if err := h.Validate(); err != nil {
		return usageError{err}
	}
	if err := nameable(h.Name); err != nil {
		return err
	}
	if err := file.Update(func(l []hooks.Hook) ([]hooks.Hook, error) { return listfile.With(l, h), nil }); err != nil {
		return err
	}
	if x.JSON {
		return c.document(shownHookOf(h), nil)
	}
	visible.Fprintf(c.program.Out, "Kept the hook %s: %s is told of %s. \"sluice hooks test %s\" tries it.\n", h.Name, h.Target(), onWords(h.On), h.Name)
	return nil
}

func (x *hooksCommand) remove(c *call, file *hooks.File) error {
	gone, err := removed(file, x.Name)
	if err != nil {
		return err
	}
	if x.JSON {
		return c.document(shownHookOf(gone), nil)
	}
	visible.Fprintf(c.program.Out, "Removed the hook %s.\n", gone.Name)
	return nil
}

// test calls a hook with an event that says that it is none.
func (x *hooksCommand) test(c *call, file *hooks.File) error {
	list, err := file.Load()
	if err != nil {
		return err
	}
	h, err := file.Find(list, x.Name)
	if err != nil {
		return usageError{err}
	}
	event := hooks.TestEvent(time.Now(), "somebody tries this hook")
	if err := hookCaller(c).Call(c.ctx, h, event); err != nil {
		return signalled(err)
	}
	if x.JSON {
		return c.document(event, nil)
	}
	visible.Fprintf(c.program.Out, "The hook %s was called: %s has taken it.\n", h.Name, h.Target())
	return nil
}

// hookCaller calls hooks for a command.
func hookCaller(c *call) hooks.Caller {
	return hooks.Caller{Warn: func(w string) { c.logger.Warn(w) }, UserAgent: "sluice/" + c.program.Version}
}

// shownHook is a hook as JSON: of an address it has the host alone, since its path may be a
// secret.
type shownHook struct {
	Name   string     `json:"name"`
	On     []hooks.On `json:"on"`
	Target string     `json:"target"`
	Signed bool       `json:"signed"`
}

func shownHookOf(h hooks.Hook) shownHook {
	return shownHook{h.Name, h.On, h.Target(), h.SecretFile != ""}
}

// list shows all hooks.
func (x *hooksCommand) list(c *call, list []hooks.Hook) error {
	all := []shownHook{}
	for _, h := range list {
		all = append(all, shownHookOf(h))
	}
	if x.JSON {
		return c.document(struct {
			Hooks []shownHook `json:"hooks"`
		}{all}, nil)
	}
	if len(all) == 0 {
		fmt.Fprintln(c.program.Out, `There is no hook. "sluice hooks add NAME -- PROGRAM" or --url adds one.`)
		return nil
	}
	for _, h := range all {
		signed := ""
		if h.Signed {
			signed = ", signed"
		}
		visible.Fprintf(c.program.Out, "%s: %s is told of %s%s\n", h.Name, h.Target, onWords(h.On), signed)
	}
	return nil
}

func onWords(on []hooks.On) string {
	words := map[hooks.On]string{hooks.OnEnd: "the end of every run", hooks.OnFailure: "runs that fail", hooks.OnMissed: "runs that were missed", hooks.OnStuck: "jobs that may be stuck"}
	text := ""
	for i, o := range on {
		switch {
		case i > 0 && i == len(on)-1:
			text += " and "
		case i > 0:
			text += ", "
		}
		text += words[o]
	}
	return text
}

// removed takes what has a name out of a list, and returns it.
func removed[T listfile.Item](file *listfile.Named[T], name string) (gone T, err error) {
	err = file.Update(func(list []T) ([]T, error) {
		if gone, err = file.Find(list, name); err != nil {
			return nil, usageError{err}
		}
		return listfile.Without(list, name), nil
	})
	return gone, err
}
