package localexport

import (
	"fmt"
	"slices"
	"strings"

	"sluice/localexport/jobstore"
	"sluice/localexport/product"
	"sluice/pipeline"
)

// preValidation is the vendor's diagnostic (spec/rest-api.md §7).
var preValidation = pipeline.Diagnostic{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}

// inconsistentError ends a job whose snapshot must not be exported unforced.
type inconsistentError struct{ findings []pipeline.Diagnostic }

func (e *inconsistentError) Error() string {
	if len(e.findings) == 0 {
		return errInconsistent.Error()
	}
	return fmt.Sprintf("%v: %s", errInconsistent, e.findings[0].Message)
}

func (e *inconsistentError) Is(target error) bool { return target == errInconsistent }

// judging tells by what a snapshot is judged: the version of the program, and the
// rules that say what counts.
func (r *run) judging() string {
	flags := r.exporter.product.Rules().Judging().Flags(r.options.Rules)
	return strings.Join(slices.Insert(flags, 0, r.exporter.options.Version), " ")
}

// verdict judges the snapshot, or repeats the verdict that was kept for it.
func (r *run) verdict() (product.Validation, error) {
	e := r.exporter
	id, rules := r.engine.Identity(), r.judging()
	kept, found, err := e.store.Verdict(r.ctx, id.Path, id.Identity, rules)
	if err != nil {
		return product.Validation{}, err
	}
	if found {
		return product.Validation{Consistent: kept.Consistent, Findings: kept.Findings, Warnings: kept.Warnings}, nil
	}
	r.checks.Store(true)
	began := e.now()
	v, err := r.engine.Validate(r.ctx, r.options, r.counters)
	if err != nil {
		return v, err
	}
	e.log.Info("snapshot checked", "job", r.id, "consistent", v.Consistent, "findings", len(v.Findings),
		"duration", e.now().Sub(began))
	err = e.store.KeepVerdict(r.ctx, jobstore.Verdict{Snapshot: id.Path, Identity: id.Identity, Rules: rules,
		Consistent: v.Consistent, Findings: v.Findings, Warnings: v.Warnings, Checked: e.now()})
	return v, err
}
