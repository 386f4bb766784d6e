package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"sluice/client"
	"sluice/places"
	"sluice/schedule"
	"sluice/schedule/units"
	"sluice/source"
	"sluice/spelling"
	"sluice/visible"
)

// edit changes the settings of a source that are named, and no others.
func (x *sourcesCommand) edit(c *call) error {
	var before, after source.Source
	err := updateSources(func(l source.List) (source.List, error) {
		var err error
		if before, err = l.Named(x.Name); err != nil {
			return nil, usageError{err}
		}
		if after, err = x.edited(c, before); err != nil {
			return nil, err
		}
		if after.Name != before.Name {
			if err := free(l, after.Name); err != nil {
				return nil, err
			}
		}
		if after.ID != before.ID {
			if i := l.Find(after.ID); i >= 0 {
				return nil, usageError{fmt.Errorf("at %s is the source %q already", after.Server.URL, l[i].Name)}
			}
			l[l.Find(before.ID)] = after
			return l, nil
		}
		return l.With(after), nil
	})
	if err != nil {
		return err
	}
	if after.ID != before.ID {
		folder, err := places.Config()
		if err == nil {
			err = schedule.Moved(folder, before.ID, after.ID)
		}
		if err != nil {
			return fmt.Errorf("the source was changed, and its schedules and deliveries were not: %w", err)
		}
	}
	if after.ID != before.ID && before.Server.KeepsSecret() {
		c.logger.Warn("a token is kept under the address: enter it in the window for the new one, or name --token-file", "server", after.Server.URL)
	}
	return x.tell(c, after, "Changed")
}

// edited is a source with what the flags change.
func (x *sourcesCommand) edited(c *call, s source.Source) (source.Source, error) {
	if x.Rename != "" {
		s.Name = x.Rename
	}
	if s.Kind != source.KindServer {
		return x.editedLocal(c, s)
	}
	if err := errors.Join(x.onlyServer(c, s), x.apply(c, &s), x.unset(&s, settingsOf(&s.Server))); err != nil {
		return s, err
	}
	if c.typed["home"] {
		s.Home = x.Home
	}
	if c.typed["url"] {
		base, err := client.NormalizeBaseURL(x.URL)
		if err != nil {
			return s, usageError{fmt.Errorf("--url: %w", err)}
		}
		if base != s.Server.URL {
			moved := s.Server
			moved.URL, moved.Product, moved.Version = base, "", "" // which are of the other one
			next := source.NewServer(s.Name, moved)
			next.Tags, next.Home = s.Tags, s.Home
			s = next
		}
	}
	return s, x.usable(c, s)
}

// unset takes settings away, which are texts or those that every source has.
func (x *sourcesCommand) unset(s *source.Source, settings map[string]*string) error {
	for _, flag := range x.Unset {
		switch setting, known := settings[flag]; {
		case known:
			*setting = ""
		case flag == "home" && s.Kind == source.KindServer:
			s.Home = ""
		case flag == "insecure":
			s.Server.Insecure = false
		case flag == "tag":
			s.Tags = nil
		default:
			names := append(slices.Sorted(maps.Keys(settings)), "insecure", "tag")
			return usageError{fmt.Errorf("--unset: %q is no setting that can be taken away%s", flag, spelling.Hint(flag, names))}
		}
	}
	return nil
}

// remove takes a source out of the list. Its files and jobs stay; a token in the
// keyring goes.
func (x *sourcesCommand) remove(c *call) error {
	var gone source.Source
	err := updateSources(func(l source.List) (source.List, error) {
		var err error
		if gone, err = l.Named(x.Name); err != nil {
			return nil, usageError{err}
		}
		return l.Without(gone.ID), nil
	})
	if err != nil {
		return err
	}
	if err := warnOfUses(c, gone); err != nil {
		return err
	}
	if account := c.accountOf(gone); account != "" {
		if err := c.backend().ForgetSecret(c.ctx, account); err != nil {
			c.logger.Warn("its token or password may still be in the keyring", "source", gone.Name, "error", err)
		}
	}
	if x.JSON {
		return c.document(gone, nil)
	}
	visible.Fprintf(c.program.Out, "Removed %s, %s, from the list. Its files and jobs stay.\n", gone.Name, placeOf(gone))
	return nil
}

// warnOfUses says what does nothing any more without a source.
func warnOfUses(c *call, gone source.Source) error {
	folder, err := places.Config()
	if err != nil {
		return err
	}
	schedules, deliveries, err := schedule.Uses(folder, gone.ID)
	if err != nil {
		return err
	}
	for _, name := range schedules {
		c.logger.Warn(fmt.Sprintf("the schedule %s has no source any more: give it another one, or \"sluice schedule remove %s\"", name, units.QuotedShell(name)))
	}
	for _, name := range deliveries {
		c.logger.Warn(fmt.Sprintf("the delivery %s has no source any more: \"sluice deliveries remove %s\" removes it", name, units.QuotedShell(name)))
	}
	return nil
}

// accountOf is the account under which the keyring may have the secret of a source; "" if
// it is elsewhere.
func (c *call) accountOf(s source.Source) string {
	switch {
	case s.Kind == source.KindServer && s.Server.KeepsSecret():
		return s.Account()
	case s.CanTake():
		return c.backend().TakeAccount(s.Taken.From)
	}
	return ""
}

// test tries everything that works without changing anything.
func (x *sourcesCommand) test(c *call) error {
	list, err := sourceList()
	if err != nil {
		return err
	}
	s, err := list.Named(x.Name)
	if err != nil {
		return usageError{err}
	}
	if s.CanTake() {
		return x.testTaken(c, s)
	}
	if s.Kind != source.KindServer {
		return (&inspectCommand{File: s.Snapshot, JSON: x.JSON}).Run(c)
	}
	token, err := c.backend().ServerSecret(c.ctx, s.Server)
	if err != nil && !errors.Is(err, source.ErrNoSecret) { // the server may want none
		return err
	}
	r := c.backend().TestServer(c.ctx, s.Server, token)
	if x.JSON {
		return c.document(struct {
			Name       string         `json:"name"`
			URL        string         `json:"url"`
			Reachable  source.Verdict `json:"reachable"`
			Authorised source.Verdict `json:"authorised"`
			Feature    source.Verdict `json:"feature"`
			Product    string         `json:"product,omitempty"`
			Version    string         `json:"version,omitempty"`
			Warnings   []string       `json:"warnings,omitempty"`
		}{s.Name, s.Server.URL, r.Reachable, r.Authorised, r.Feature, r.Product, r.Version, r.Warnings}, advise(r.Err))
	}
	lines := [][]string{{"reachable", string(r.Reachable)}, {"authorised", string(r.Authorised)}, {"export API", string(r.Feature)}}
	if r.Product != "" {
		lines = append(lines, []string{"product", visible.Cut(r.Product+" "+r.Version, longestWord)})
	}
	aligned(c.program.Out, "", lines)
	for _, w := range r.Warnings {
		visible.Fprintf(c.program.Out, "warning: %s\n", w)
	}
	return advise(r.Err)
}
