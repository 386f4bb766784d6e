package source

// Kind is the kind of a source.
type Kind string

// The kinds.
const (
	KindServer   Kind = "server"
	KindSnapshot Kind = "snapshot"
	KindDemo     Kind = "demo"
)

// Local reports whether exports of the source run on this computer.
func (k Kind) Local() bool { return k != KindServer }
