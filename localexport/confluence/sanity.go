package confluence

import (
	"context"

	"sluice/localexport/sqlread"
	"sluice/pipeline"
)

// sanity looks for what makes an export pointless although nothing is damaged
// (spec/confluence-export-queries.md §10).
func (v *validator) sanity(ctx context.Context) error {
	c, err := v.s.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	some := func(table string) (bool, error) {
		_, found, err := c.Int("SELECT 1 FROM " + sqlread.Quote(v.s.Table(table).Name) + " LIMIT 1")
		return found, unlessDamage(err)
	}
	content, err := some("content")
	if err != nil {
		return err
	}
	bodies, err := some("bodycontent")
	if err != nil {
		return err
	}
	if content && !bodies {
		v.find("The table %s is empty although %s is not: the bodies were left out when the database was converted, so every page would be empty.",
			v.s.Table("bodycontent").Name, v.s.Table("content").Name)
	}
	if bodies {
		if err := v.sample(ctx); err != nil {
			return err
		}
	}
	product, err := v.s.Product(ctx)
	if err != nil {
		return err
	}
	if product.Version == "" {
		v.warnings = append(v.warnings, product.Unknown())
	}
	return nil
}

// sample looks for a live page, and at the bodies of a few: what converters and
// copies lose in whole shows in them. What is lost in small is counted when it is
// exported.
func (v *validator) sample(ctx context.Context) error {
	live, err := v.s.FindLive(ctx, v.accepted)
	if unlessDamage(err) != nil {
		return err
	}
	if d, wrong := live.Complaint(); wrong && err == nil {
		d.Key = pipeline.KeyPreValidation
		v.findings = append(v.findings, d)
	}
	bodies, err := v.s.SampleBodies(ctx, v.accepted)
	if unlessDamage(err) != nil {
		return err
	}
	for _, d := range bodies.Complaints() {
		d.Key = pipeline.KeyPreValidation
		v.findings = append(v.findings, d)
	}
	return nil
}
