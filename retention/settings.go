package retention

// Settings are the bounds of a home as people write them; see Parse.
type Settings struct {
	Keep       int    `json:"keep,omitempty"`
	MaxAge     string `json:"maxAge,omitempty"`
	MaxSize    string `json:"maxSize,omitempty"`
	PartialAge string `json:"partialAge,omitempty"`
}

// Policy understands them.
func (s Settings) Policy() (Policy, error) {
	return Parse(s.Keep, s.MaxAge, s.MaxSize, s.PartialAge)
}
