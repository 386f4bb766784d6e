package feed

// Checked is what was looked at of a server's certificate.
type Checked string

// What was looked at.
const (
	NotChecked       Checked = "not checked"
	CheckedAuthority Checked = "of a trusted authority, the name not checked"
	CheckedName      Checked = "checked"
)

// Safety says how a connection to a server is protected. The zero value is a
// connection without TLS.
type Safety struct {
	TLS     string // its version, "TLS 1.3"
	Checked Checked
}

// String says it to people, within a sentence.
func (s Safety) String() string {
	switch {
	case s.TLS == "":
		return "without TLS"
	case s.Checked == "":
		return s.TLS + ", the certificate " + string(NotChecked)
	}
	return s.TLS + ", the certificate " + string(s.Checked)
}
