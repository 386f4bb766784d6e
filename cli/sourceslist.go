package cli

import (
	"fmt"
	"strings"

	"sluice/source"
	"sluice/takes"
	"sluice/visible"
)

// sourceDocument is a source as JSON, with the kind that people read: what the list keeps of a
// database is the snapshot that is taken of it.
type sourceDocument struct {
	source.Source
	Kind string `json:"kind"`
}

// tell says what was done, and where the token is looked for.
func (x *sourcesCommand) tell(c *call, s source.Source, done string) error {
	if x.JSON {
		return c.document(sourceDocument{s, kindWord(s)}, nil)
	}
	visible.Fprintf(c.program.Out, "%s\n", strings.TrimSpace(fmt.Sprintf("%s %s, %s. %s", done, s.Name, placeOf(s), tokenPlace(s))))
	return nil
}

func placeOf(s source.Source) string {
	if s.Kind == source.KindServer {
		return s.Server.URL
	}
	if s.CanTake() {
		return s.Taken.From
	}
	return s.Snapshot
}

// kindWord is what kind of source one is, for people.
func kindWord(s source.Source) string {
	switch {
	case !s.CanTake():
		return string(s.Kind)
	case takes.IsAddress(s.Taken.From):
		return "database"
	}
	return "taken snapshot"
}

// tokenPlace says where the token of a server is.
func tokenPlace(s source.Source) string {
	switch {
	case s.Kind != source.KindServer && !s.CanTake():
		return ""
	case s.CanTake():
		return "Its snapshot is taken by \"sluice snapshot --source\", \"sluice export --take --source\" and schedules."
	case s.Server.TokenFile != "":
		return "Its token is in " + s.Server.TokenFile + "."
	case s.Server.TokenCommand != "":
		return "Its token is what its command prints."
	}
	return "Its token is looked for in the keyring, where the window puts it; --token-file or --token-command name another place."
}

// list shows the sources.
func (x *sourcesCommand) list(c *call) error {
	list, err := sourceList()
	if err != nil {
		return err
	}
	if x.JSON {
		documents := []sourceDocument{}
		for _, s := range list {
			documents = append(documents, sourceDocument{s, kindWord(s)})
		}
		return c.document(struct {
			Sources []sourceDocument `json:"sources"`
		}{documents}, nil)
	}
	if len(list) == 0 {
		fmt.Fprintln(c.program.Out, "No source has a name yet: add one by \"sluice sources add NAME --url BASE\", or in the window.")
		return nil
	}
	lines := [][]string{{"name", "kind", "tags", "token", "where"}}
	for _, s := range list {
		token := ""
		switch {
		case s.Kind != source.KindServer && s.Taken.PasswordFile != "":
			token = "file"
		case s.Kind != source.KindServer && s.Taken.PasswordCommand != "":
			token = "command"
		case s.Kind != source.KindServer:
		case s.Server.TokenFile != "":
			token = "file"
		case s.Server.TokenCommand != "":
			token = "command"
		default:
			token = "keyring"
		}
		lines = append(lines, []string{visible.Cut(s.Name, longestWord), kindWord(s), visible.Cut(strings.Join(s.Tags, ","), longestWord), token, visible.Cut(placeOf(s), longestMessage)})
	}
	aligned(c.program.Out, "", lines)
	return nil
}
