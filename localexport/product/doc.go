// Package product is what the local exporter knows of the product whose snapshots
// it exports: which files it writes, which rules it has, and how a snapshot of it is
// judged and read. What the life of a job needs stands here; what a product is made
// of stands in the package of that product, such as confluence.
//
//	s, err := p.Open(ctx, "wiki.db")
//	c := product.NewCounters(len(p.Files()))
//	plan, err := s.Plan(ctx, o, c)
//	verdict, err := s.Validate(ctx, o, c)
//	result, err := s.Export(ctx, o, sink, c)
//	err = s.Close()
package product
