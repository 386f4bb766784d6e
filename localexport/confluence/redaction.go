package confluence

import (
	"context"
	"errors"
	"regexp"

	"sluice/columns"
	"sluice/localexport/product"
	"sluice/localexport/record/redacted"
	"sluice/localexport/snapshot"
	"sluice/redact"
	"sluice/wording"
)

// The keys under which rows are counted that redaction leaves out. They are kept with the
// files, as notes are, and go into the record of the redaction instead of the warnings.
const (
	keyExcluded   = "redaction.excluded"
	keyRestricted = "redaction.restricted"
	keyUnplaced   = "redaction.unplaced"
)

// redaction is what is taken out of an export.
type redaction struct {
	*product.Redaction
	format *redacted.Format
	record *redact.Record
	hidden map[int64]bool // pages that not everybody may see; nil: they stay
}

// redact puts the redaction before the format.
func (e *exporter) redact(r *product.Redaction) error {
	if r == nil {
		return nil
	}
	f, err := redacted.New(e.format, r.Rules, r.Key, columns.Confluence, e.o.csvOptions())
	if err != nil {
		return wording.Errorf("redaction: %w", err)
	}
	e.format, e.redaction = f, &redaction{Redaction: r, format: f, record: r.Rules.Begin(r.Key)}
	return nil
}

// table is a file as it is written.
func (e *exporter) table(i int) columns.File {
	if e.redaction == nil {
		return columns.Confluence[i]
	}
	return e.redaction.format.File(columns.Confluence[i])
}

// excludes reports whether redaction leaves a space out.
func (e *exporter) excludes(key []byte) bool {
	return e.redaction != nil && e.redaction.Rules.Excludes(string(key))
}

// KeyExcludesNothing is the warning about rules of redaction that are to leave out spaces
// and match none.
const KeyExcludesNothing = "export.redaction.excludes.nothing"

// tellUnmet tells of rules that leave out no space of the snapshot.
func (e *exporter) tellUnmet(met *redact.Met) {
	if e.redaction == nil {
		return
	}
	for _, i := range met.Unmet(e.redaction.Rules) {
		e.notes.add(KeyExcludesNothing, "Rules that are to leave out spaces and match no space of the snapshot: %d (first: number %d of them). Is a key misspelled?", int64(i+1))
	}
}

// leavesOut reports whether redaction leaves a row out that is of a space and, unless
// that is 0, of a page, and counts it. The space is nil for a row that tells none.
func (e *exporter) leavesOut(n *notes, in *space, page, row int64) bool {
	switch x := e.redaction; {
	case x == nil:
		return false
	case in == nil && x.Rules.LimitsSpaces():
		n.add(keyUnplaced, "", row)
	case in != nil && in.excluded:
		n.add(keyExcluded, "", row)
	case x.hidden[page]:
		n.add(keyRestricted, "", row)
	default:
		return false
	}
	return true
}

// leavesEventOut is leavesOut for an event, which names its space by a key, and what it is
// about by the ids that are stored, which need not be that of a page.
func (r *eventReader) leavesEventOut(key []byte, container, content, row int64) (bool, error) {
	x := r.e.redaction
	if x == nil {
		return false, nil
	}
	var in *space
	if len(key) > 0 {
		in = &space{excluded: r.e.excludes(key)}
	}
	page, err := int64(0), error(nil)
	for _, id := range []int64{container, content} {
		if err == nil && len(x.hidden) > 0 && !x.hidden[page] {
			page, err = r.hiddenOf(id)
		}
	}
	if err != nil {
		return false, err
	}
	return r.e.leavesOut(r.notes, in, page, row), nil
}

// hiddenOf is the page that content is or is on, if not everybody may see it; 0 if all may.
func (r *eventReader) hiddenOf(id int64) (int64, error) {
	hidden := r.e.redaction.hidden
	if id == 0 || hidden[id] {
		return id, nil
	}
	on, isOn, err := r.on.pageOf(id)
	if err != nil || !isOn || !hidden[on] {
		return 0, err
	}
	return on, nil
}

// hides reports whether not everybody may see a page, and that counts.
func (x *redaction) hides(page int64) bool { return x != nil && x.hidden[page] }

// done takes what was counted in a file out of its notes, into the record.
func (x *redaction) done(file int, n *notes) {
	f := x.format.Done(columns.Confluence[file])
	f.Excluded, f.Restricted, f.Unplaced = n.remove(keyExcluded), n.remove(keyRestricted), n.remove(keyUnplaced)
	x.record.Files = append(x.record.Files, f)
}

// remove takes a count out.
func (n *notes) remove(key string) (count int64) {
	id := noteID{key: key}
	if x := n.counts[id]; x != nil {
		count = x.count
		delete(n.counts, id)
	}
	return count
}

// told are the keys of spaces as people may be told them.
func (e *exporter) told(keys []string) []string {
	if e.redaction == nil {
		return keys
	}
	all := make([]string, len(keys))
	for i, key := range keys {
		all[i] = e.redaction.Rules.TellSpace(key, e.redaction.Key)
	}
	return all
}

// plainRow is a row that is named by a number.
var plainRow = regexp.MustCompile(`^[A-Za-z_ ]+ -?[0-9]+$`)

// mute is a value that cannot be exported without what stands there, if that is redacted.
func (o Options) mute(e *snapshot.ValueError) *snapshot.ValueError {
	if o.Redaction == nil {
		return e
	}
	muted := *e
	if muted.Value != "" {
		muted.Value = redact.Masked
	}
	if !plainRow.MatchString(muted.Row) {
		muted.Row = redact.Masked
	}
	return &muted
}

// muteError is an error of an export of which nothing is told that is redacted.
func (o Options) muteError(err error) error {
	value := new(snapshot.ValueError)
	if o.Redaction == nil || !errors.As(err, &value) {
		return err
	}
	return wording.Errorf("export: %w%s", o.mute(value), adviseSkip)
}

// readHidden finds the pages that not everybody may see: those that only some may view,
// and those below them, which nobody else may view either.
func (e *exporter) readHidden(ctx context.Context) error {
	if e.redaction == nil || e.redaction.Rules.Restricted != redact.Drop {
		return nil
	}
	sets, holders := e.s.Table("content_perm_set"), e.s.Table("content_perm")
	if sets == nil || holders == nil {
		return &snapshot.FileError{Path: e.s.Path(), Problem: "does not tell which pages are restricted: it has no table content_perm_set or content_perm",
			Advice: "take these tables along, or leave \"restricted: drop\" out of the rules"}
	}
	hidden, err := e.restricted(ctx, sets, holders)
	if err != nil {
		return err
	}
	e.redaction.hidden = hidden
	return nil
}

// excludedCount is how many spaces redaction alone leaves out.
func (s *spaces) excludedCount() (n int64) {
	for _, x := range s.byID {
		if x.excluded && !x.optedOut {
			n++
		}
	}
	return n
}
