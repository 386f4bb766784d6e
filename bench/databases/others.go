package main

import "context"

// others proves what is not PostgreSQL.
func (w *workshop) others(ctx context.Context) error { return nil }
