// Package tone names the moods in which the window says things. A tone decides
// the colour of a text, its icon and the tint behind them; it never stands
// alone, a word and an icon go with it.
package tone

// Tone is one of the moods.
type Tone int

// The tones, and what they are for.
const (
	Neutral Tone = iota // not started, cancelled, unreachable: quiet states
	Active              // started
	Good                // completed
	Caution             // cancellation requested, warnings, forced
	Bad                 // failed, destructive
)

// String is the name of the tone in tests and traces.
func (t Tone) String() string {
	return [...]string{"neutral", "active", "good", "caution", "bad"}[t]
}
