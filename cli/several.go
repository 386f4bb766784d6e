package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"sluice/client"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
)

// severalFlags choose servers of the list of sources.
type severalFlags struct {
	All bool     `help:"All servers of the list of sources, at the same time. The exit code is that of the worst: 6 before 7 before 8."`
	Tag []string `placeholder:"TAG" help:"Those of them that have this tag; of several tags, all."`
}

// atOnce is how many servers are talked to at the same time.
const atOnce = 8

// chosen are the servers if there may be several of them, nil if one is named.
func (f *severalFlags) chosen(c *call, r *remoteFlags) ([]source.Source, error) {
	byName := r.byName(c)
	switch all := f.All || len(f.Tag) > 0; {
	case all && (c.typed["server"] || c.typed["url"]):
		return nil, usageError{errors.New("--all and --tag choose servers of the list: leave out --server and --url")}
	case all:
		return f.listed()
	case !byName || len(r.Server) == 1:
		return nil, nil
	}
	return namedServers(r.Server)
}

// listed are the servers of the list that have the tags.
func (f *severalFlags) listed() ([]source.Source, error) {
	list, err := sourceList()
	if err != nil {
		return nil, err
	}
	servers := slices.DeleteFunc(list, func(s source.Source) bool { return s.Kind != source.KindServer || !s.Tagged(f.Tag) })
	switch {
	case len(servers) > 0:
		return servers, nil
	case len(f.Tag) > 0:
		return nil, usageError{fmt.Errorf("no server has the tag %s: \"sluice sources\" lists them", strings.Join(f.Tag, " and "))}
	}
	return nil, usageError{errors.New("there is no server in the list: add one by \"sluice sources add NAME --url BASE\"")}
}

// sourceList reads the list of sources. One that cannot be used is wrong use, as a
// config file is.
func sourceList() (source.List, error) {
	file, err := source.DefaultFile()
	if err != nil {
		return nil, err
	}
	list, err := file.Load()
	if err != nil {
		return nil, usageError{err}
	}
	return list, nil
}

// namedServers are servers by their names, each once.
func namedServers(names []string) ([]source.Source, error) {
	list, err := sourceList()
	if err != nil {
		return nil, err
	}
	var servers source.List
	for _, name := range names {
		s, err := list.Named(name)
		if err == nil && s.Kind != source.KindServer {
			err = fmt.Errorf("%q is a %s, and no server: its exports are made here, by \"sluice export --source\"", name, kindWord(s))
		}
		if err != nil {
			return nil, usageError{fmt.Errorf("--server: %w", err)}
		}
		servers = servers.With(s)
	}
	return servers, nil
}

// connectTo makes the client of a server of the list. What was typed goes before its
// settings. The token of the environment is not for several: each would get it.
func (r *connectionFlags) connectTo(c *call, s source.Source, alone bool) (*client.Client, error) {
	c.server = s
	typed := r.settings("")
	for flag, setting := range map[string]struct{ to, from *string }{
		"user": {&s.Server.User, &typed.User}, "ca-file": {&s.Server.CAFile, &typed.CAFile},
		"client-cert": {&s.Server.CertFile, &typed.CertFile}, "client-key": {&s.Server.KeyFile, &typed.KeyFile},
		"header-file": {&s.Server.Headers, &typed.Headers}, "proxy": {&s.Server.Proxy, &typed.Proxy},
	} {
		if c.typed[flag] {
			*setting.to = *setting.from
		}
	}
	s.Server.Insecure = s.Server.Insecure || c.typed["insecure"] && r.Insecure
	token, err := r.tokenOf(c, s.Server, alone)
	if err != nil {
		return nil, err
	}
	return r.dial(c, s.Server, token)
}

// tokenOf is the token of a server of the list.
func (r *connectionFlags) tokenOf(c *call, s source.Server, alone bool) (secret.Secret, error) {
	switch {
	case c.typed["token-file"]:
		return readSecret("--token-file", r.TokenFile, c.logger)
	case !s.KeepsSecret():
		token, err := c.backend().ServerSecret(c.ctx, s)
		return secret.Of(token), err
	case alone:
		return (&connectionFlags{TokenFile: r.TokenFile}).token(c, s.URL)
	}
	return c.kept(s.URL), nil
}

// onEach does the same on several servers at the same time, tells of all in one table or
// document, and returns the worst error, which is told by then.
func (r *connectionFlags) onEach(c *call, servers []source.Source, do func(*call, *client.Client) (pipeline.Job, error)) error {
	results := make([]answered, len(servers))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, s := range servers {
		group.Go(func() error {
			results[i] = r.onOne(c, s, do)
			return nil
		})
	}
	_ = group.Wait() // no error ends the others
	worst := slices.MinFunc(results, func(a, b answered) int { return badness(a.err) - badness(b.err) }).err
	if r.JSON {
		if err := c.document(severalDocument(results), nil); err != nil {
			return err
		}
	} else {
		describeResults(c, results)
	}
	if worst != nil {
		return silentError{worst}
	}
	return nil
}

// onOne does it on one server. It draws no line: several would draw over each other.
func (r *connectionFlags) onOne(c *call, s source.Source, do func(*call, *client.Client) (pipeline.Job, error)) answered {
	quiet, own := *c.program, *c
	quiet.Err = io.Discard
	own.program, own.logger = &quiet, c.logger.With("server", s.Name)
	server, err := r.connectTo(&own, s, false)
	if err != nil {
		return own.answeredBy(s, pipeline.Job{}, err)
	}
	defer server.CloseIdleConnections()
	job, err := do(&own, server)
	return own.answeredBy(s, job, advise(err))
}

// worstFirst are the exit codes in the order in which one counts for several servers.
var worstFirst = []int{exitSignal, exitNotAuthorised, exitUnreachable, exitJobFailed, exitFailed, exitUsage,
	exitInconsistent, exitGaveUp, exitElsewhere, exitRunning, exitNotRunning, exitDone}

// badness orders errors by their exit codes, the worst first.
func badness(err error) int { return slices.Index(worstFirst, exitCode(err)) }
