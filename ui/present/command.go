package present

import (
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/source"
)

// LocalCommand is what the headless command needs to do the same export.
type LocalCommand struct {
	Snapshot, Home     string
	From               time.Time
	Forced             bool
	TimeZone, BaseURL  string
	Format             string // "" for the default
	Redact             string // the rules of redaction, "" for none
	ByteOrderMark      bool
	FullContent        bool
	PreserveLineBreaks bool
	LineBreakEscape    string   // "" for the default
	MinFreeSpace       string   // "" for the default
	CPUShare           string   // percent of one core, "" for no limit
	Rules              []string // flags of the rules that are not at their default
}

// String is the command line, quoted for a POSIX shell.
func (c LocalCommand) String() string {
	words := []string{"sluice", "export", "--snapshot", c.Snapshot, "--home", c.Home}
	if !c.From.IsZero() {
		words = append(words, "--from-date", pipeline.FormatFromDate(c.From))
	}
	option := func(on bool, flag ...string) {
		if on {
			words = append(words, flag...)
		}
	}
	option(c.Forced, "--force")
	option(c.TimeZone != "", "--time-zone", c.TimeZone)
	option(c.BaseURL != "", "--base-url", c.BaseURL)
	option(c.Format != "", "--format", c.Format)
	option(c.Redact != "", "--redact", c.Redact)
	option(c.ByteOrderMark, "--bom")
	option(c.FullContent, "--full-content")
	option(c.PreserveLineBreaks, "--preserve-line-breaks")
	words = append(words, c.Rules...)
	option(c.LineBreakEscape != "", "--line-break-escape", c.LineBreakEscape)
	option(c.MinFreeSpace != "", "--min-free-space="+c.MinFreeSpace)
	if share, err := source.ParseShare(c.CPUShare); err == nil {
		option(share > 0, "--cpu-share", strconv.FormatFloat(share, 'f', -1, 64))
	}
	for i, w := range words {
		words[i] = shellQuote(w)
	}
	return strings.Join(words, " ")
}

// shellQuote quotes a word where a POSIX shell would take it apart. A leading
// ~/ stays outside the quotes, because it is meant for the shell.
func shellQuote(word string) string {
	if rest, ok := strings.CutPrefix(word, "~/"); ok && rest != "" {
		return "~/" + shellQuote(rest)
	}
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:+=@%,", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// exportPath is where the API of a server starts, watches and cancels exports.
const exportPath = "/rest/datapipeline/latest/export"

// Query is the query that starts an export, encoded as the vendor documents it:
// colons and the plus sign escaped (spec/rest-api.md §3).
func Query(r pipeline.Request) string {
	var parts []string
	if !r.FromDate.IsZero() {
		parts = append(parts, "fromDate="+url.QueryEscape(pipeline.FormatFromDate(r.FromDate)))
	}
	if r.Forced {
		parts = append(parts, "forceExport=true")
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// RequestLine is the request that starts an export, with the host left out.
func RequestLine(r pipeline.Request) string { return "POST …" + exportPath + Query(r) }

// Curl is the same request as a command for a POSIX shell. The token comes from
// the variable SLUICE_TOKEN, so that it is never part of a command line that is
// kept somewhere.
func Curl(baseURL string, r pipeline.Request) string {
	return `curl -X POST -H "Authorization: Bearer $SLUICE_TOKEN" -H 'X-Atlassian-Token: no-check' ` +
		shellQuote(strings.TrimSuffix(baseURL, "/")+exportPath+Query(r))
}

// HomeShort writes a path below the person's own folder with a ~.
func HomeShort(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == "" || home == "/" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok {
		return "~/" + filepath.ToSlash(rest)
	}
	return path
}
