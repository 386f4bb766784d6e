package feed

// Nowhere is a sink that needs nothing.
type Nowhere struct{}

var _ Sink = Nowhere{}

// Wants implements Sink.
func (Nowhere) Wants(string, string) bool { return false }

// Table implements Sink.
func (Nowhere) Table(Table) (Rows, error) { return nil, nil }

// Note implements Sink.
func (Nowhere) Note(Note) {}
