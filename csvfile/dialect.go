package csvfile

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/dialect"
)

const (
	// sampleSize is how much of a file is read to detect its dialect. Where no whole
	// record fits into that it grows up to maxSample, and where only a few do, up to
	// growSample.
	sampleSize = 64 << 10
	growSample = 1 << 20
	maxSample  = 4 << 20
	// fewRecords are too few to judge by, if there are more.
	fewRecords = 3
)

var bom = []byte("\xef\xbb\xbf")

// decode finds out what is between the bytes on disk and the text, and returns the
// start of the text.
func (f *File) decode(ctx context.Context) ([]byte, error) {
	start, err := f.moreSample(ctx, nil)
	if err != nil {
		return nil, err
	}
	if start, err = f.recognise(ctx, start); err != nil {
		return nil, err
	}
	if reason := knownAs(start); reason != "" { // before its bytes are taken for letters
		return nil, &OpenError{Path: f.path, Reason: reason}
	}
	g := charset.Of(f.spread(start))
	if name := f.cfg.reading.Encoding; name != "" {
		e, err := charset.Lookup(name, start)
		if err != nil {
			return nil, &OpenError{Path: f.path, Reason: err.Error(), Err: err}
		}
		g = charset.Guess{Encoding: e, Told: true, Marked: g.Marked && g.Encoding == e}
	}
	f.stages.encoding = g.Encoding
	f.info.Packed = f.stages.container.name()
	f.info.EncodingID, f.info.Encoding = g.ID(), shortName(g.Name)
	f.info.EncodingGuessed, f.info.EncodingFits = !g.Told, g.Fits
	f.info.BOM = g.Marked
	f.noteEncoding(g)
	if !f.stages.packed() && f.stages.encoding.IsUTF8() {
		return start, nil
	}
	if err := f.refuseFollow(); err != nil {
		return nil, err
	}
	if err := f.openPacked(); err != nil {
		return nil, err
	}
	return f.moreSample(ctx, nil)
}

// shortName is the name of an encoding without its byte order.
func shortName(name string) string {
	if strings.HasPrefix(name, "UTF-") {
		return strings.TrimSuffix(strings.TrimSuffix(name, "LE"), "BE")
	}
	return name
}

// moreSample returns a start of the text of twice the size of the one given, or
// of sampleSize; less only if there is no more.
func (f *File) moreSample(ctx context.Context, have []byte) ([]byte, error) {
	want := max(sampleSize, 2*len(have))
	if f.grower != nil && f.packed == nil {
		if _, err := f.coming(ctx, int64(want)); err != nil {
			return nil, err
		}
	}
	if m, ok := f.data().(memory); ok && !m.whole && m.Size() < int64(want) {
		if err := f.growHead(want); err != nil {
			return nil, err
		}
	}
	sample := make([]byte, min(int64(want), f.data().Size()))
	if len(sample) == 0 {
		return nil, nil
	}
	if _, err := f.data().ReadAt(sample, 0); err != nil {
		return nil, openError(f.path, err)
	}
	return sample, nil
}

// guess sets how the text is read, by as large a start of it as that takes.
func (f *File) guess(ctx context.Context, sample []byte) error {
	given, err := f.cfg.reading.given(strings.ToLower(strings.TrimPrefix(filepath.Ext(f.tableName()), ".")))
	if err != nil {
		return &OpenError{Path: f.path, Reason: err.Error(), Err: err}
	}
	for {
		text, marks := sample, 0
		for bytes.HasPrefix(text, bom) {
			text, marks = text[len(bom):], marks+len(bom)
		}
		whole := f.data().Whole() && int64(len(sample)) == f.data().Size()
		given.Last = whole || len(sample) >= maxSample || int64(len(sample)) >= f.data().Size() && f.data().Whole()
		r := dialect.Of(text, whole, given)
		grow := r.Records < 1 || r.Records < fewRecords && len(sample) < growSample
		if !given.Last && grow {
			before := len(sample)
			if r.Records < 1 { // a part of a record tells nothing
				if err := f.waitForMore(ctx, int64(before)); err != nil {
					return err
				}
			}
			if sample, err = f.moreSample(ctx, sample); err != nil {
				return err
			}
			if len(sample) > before {
				continue
			}
			given.Last = true
			r = dialect.Of(text, f.data().Whole(), given)
		} else if !given.Last && r.Records == 1 { // the header perhaps, and a quote below it that nothing closes
			given.Last = true
			r = dialect.Of(text, whole, given)
		}
		f.noteMarks(marks/len(bom) + r.Marks)
		f.start = int64(marks + r.Start)
		return f.take(r, given, text)
	}
}

// take reads the text in the way that was guessed.
func (f *File) take(r dialect.Result, given dialect.Given, text []byte) error {
	i := &f.info
	i.Delimiter, i.Quote, i.Escape, i.Comment, i.LineEnding = r.Delimiter, r.Quote, r.Escape, r.Comment, r.LineEnding
	i.Doubled = r.Doubled
	i.HasHeader, i.HeaderGuessed, i.SkippedLines = r.Header, !r.HeaderSure, r.Skipped
	f.syn = r.Syntax()
	f.noteGuess(r, given, text)
	if r.Plain() {
		return nil
	}
	if err := f.refuseFollow(); err != nil {
		return err
	}
	f.stages.form, f.stages.skip, f.start = &r.Form, f.start, 0
	return f.openPacked()
}

// tableName is the name of the table, without the endings of packed files.
func (f *File) tableName() string {
	name := f.path
	if f.info.Member != "" {
		name = f.info.Member
	}
	for _, ending := range []string{".gz", ".zst", ".bz2", ".xz", ".lz4"} {
		name = strings.TrimSuffix(name, ending)
	}
	return name
}

// refuseFollow refuses to follow a file whose text has to be made from its bytes.
func (f *File) refuseFollow() error {
	if !f.cfg.follow {
		return nil
	}
	return &OpenError{Path: f.path, Reason: "only a file in UTF-8 that is not packed, without comments among its rows or escapes, can be followed as it grows; open it without following it"}
}
