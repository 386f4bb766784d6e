package localexport

import (
	"errors"
	"io/fs"
	"os"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/wording"
)

// redaction loads the rules that a word names, and the key that they need: nil for no
// word. The key is made at first use.
func (o Options) redaction(word string) (*product.Redaction, error) {
	r, err := rulesOf(word)
	if err != nil || r == nil || !r.Rules.NeedsKey() {
		return r, err
	}
	if r.Key, r.Made, err = redact.LoadKey(redact.KeyFile(o.Home), func(w string) { o.Logger.Warn(w) }); err != nil {
		return nil, wording.Errorf("redaction: %w", err)
	}
	return r, nil
}

// keyMade tells people of a key that was made.
var keyMade = pipeline.Say(KeyPseudonyms,
	"The key for pseudonyms was made: the file redaction.key of the home. Keep it: only with it do later jobs have the same pseudonyms.")

// rulesOf is a redaction without a key.
func rulesOf(word string) (*product.Redaction, error) {
	if word == "" {
		return nil, nil
	}
	rules, err := redact.Load(word)
	if err != nil {
		return nil, wording.Errorf("redaction: %w", err)
	}
	return &product.Redaction{Rules: rules}, nil
}

// redactedBy is what is recorded of a redaction, to go on with the job by the same.
func redactedBy(word string, r *product.Redaction) *jobfiles.Redaction {
	if r == nil {
		return nil
	}
	by := &jobfiles.Redaction{By: word, Rules: r.Rules.Sum()}
	if r.Key != nil {
		by.Key = r.Key.ID()
	}
	return by
}

// redaction is that of the old job: by the same rules and with the same key, or an error.
func (l leftover) redaction(o Options) (*product.Redaction, error) {
	was := l.record.Redaction
	if err := l.asked(was, o); err != nil || was == nil {
		return nil, err
	}
	if _, err := os.Stat(redact.KeyFile(o.Home)); was.Key != "" && errors.Is(err, fs.ErrNotExist) {
		return nil, notResumable(l.job.ID, nil, "job %d cannot be resumed: the key for pseudonyms, %s, is gone, and with another one its pseudonyms would be others; put it back, or start a new export",
			l.job.ID, redact.KeyFile(o.Home))
	}
	r, err := o.redaction(was.By)
	if err != nil {
		return nil, notResumable(l.job.ID, err, "job %d cannot be resumed by the same rules of redaction: %v", l.job.ID, err)
	}
	switch now := redactedBy(was.By, r); {
	case now.Rules != was.Rules:
		return nil, notResumable(l.job.ID, nil, "job %d cannot be resumed: the rules of redaction in %s were changed since; put them back, or start a new export", l.job.ID, was.By)
	case now.Key != was.Key:
		return nil, notResumable(l.job.ID, nil, "job %d cannot be resumed: the key for pseudonyms, %s, is another one than it was; put that back, or start a new export",
			l.job.ID, redact.KeyFile(o.Home))
	}
	return r, nil
}

// asked refuses other rules of redaction than those of the old job.
func (l leftover) asked(was *jobfiles.Redaction, o Options) error {
	if o.Redact == "" {
		return nil
	}
	rules, err := redact.Load(o.Redact)
	switch {
	case err != nil:
		return wording.Errorf("redaction: %w", err)
	case was == nil:
		return notResumable(l.job.ID, nil, "job %d cannot be resumed by the rules of redaction %s: it was begun without redaction; start a new export", l.job.ID, o.Redact)
	case rules.Sum() != was.Rules:
		return notResumable(l.job.ID, nil, "job %d cannot be resumed by the rules of redaction %s: it was begun by other rules, %s; leave these out of the options, or start a new export",
			l.job.ID, o.Redact, was.By)
	}
	return nil
}

// hide takes out of the manifest of a redacted job what else tells of people: where the
// snapshot lies, and on whose computer.
func hide(m *jobfiles.Manifest, r *redact.Record) {
	if m.Redaction = r; r == nil {
		return
	}
	m.Snapshot.Path, m.Job.NodeID, m.Job.RootExportPath = "", "", ""
}
