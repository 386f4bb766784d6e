package csvfile

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/dialect"
	"sluice/wording"
)

// Reading is how a file is to be read. What is empty is guessed from the file. It can be
// kept as JSON.
type Reading struct {
	// Encoding is a name such as "windows-1252", "shift_jis" or "utf-16le".
	Encoding string `json:"encoding,omitempty"`
	// Delimiter stands between fields: one byte, its name ("tab", "semicolon", …) or its
	// number ("0x1f", "U+001F", "\t"), or one byte twice, where two of it stand there ("||").
	Delimiter string `json:"delimiter,omitempty"`
	// Quote stands around fields: a byte, or "none".
	Quote string `json:"quote,omitempty"`
	// Escape is "doubled" if only a second quote makes a quote in a quoted field data, or
	// "backslash" if a backslash before it does, too.
	Escape string `json:"escape,omitempty"`
	// Comment begins lines that are no rows: a byte, or "none".
	Comment string `json:"comment,omitempty"`
	// Header is "yes" or "no": whether the first record names the columns.
	Header string `json:"header,omitempty"`
	// HeaderRow is the line, from 1, that names the columns; all before it is left out.
	HeaderRow int `json:"headerRow,omitempty"`
	// Skip is how many lines are left out at the start, once it is not nil.
	Skip *int `json:"skip,omitempty"`
	// Member is the name of the file to read of a zip archive.
	Member string `json:"member,omitempty"`
}

// None is what stands in a [Reading] for a quote or comment that a file has not.
const None = "none"

// Zero reports whether everything is to be guessed.
func (r Reading) Zero() bool { return r == Reading{} }

// Encodings are names of encodings to choose from, the most common first. Others of
// IANA's names are understood, too.
func Encodings() []string { return charset.Names() }

// Check returns an error, one sentence, if there is no such way to read a file.
func (r Reading) Check() error {
	_, err := r.given("")
	return err
}

// byteNames are the names of delimiters and other bytes that are hard to type.
var byteNames = map[string]byte{
	"comma": ',', "semicolon": ';', "tab": '\t', `\t`: '\t', "pipe": '|', "bar": '|', "caret": '^', "tilde": '~', "colon": ':', "space": ' ',
	"double": '"', "single": '\'', "backslash": '\\', "hash": '#',
}

// byteOf reads a byte by itself, by its name or by its number. what says what it is for.
func byteOf(what, s string) (byte, error) {
	if len(s) == 1 {
		return s[0], nil
	}
	name := strings.ToLower(s)
	if b, ok := byteNames[name]; ok {
		return b, nil
	}
	for _, prefix := range []string{"0x", `\x`, "u+", `\u`} {
		if digits, ok := strings.CutPrefix(name, prefix); ok {
			if n, err := strconv.ParseUint(digits, 16, 32); err == nil && n > 0 && n < utf8.RuneSelf {
				return byte(n), nil
			}
		}
	}
	return 0, wording.Errorf("%q cannot be the %s: give one character of ASCII, its name (comma, semicolon, tab, pipe, caret, tilde, colon, space) or its number (0x1f)", s, what)
}

// choice reads a byte, or "none", where that is one.
func choice(what, s string, none bool) (dialect.Byte, error) {
	switch {
	case s == "":
		return dialect.Byte{}, nil
	case none && strings.EqualFold(s, None):
		return dialect.Byte{Given: true}, nil
	}
	b, err := byteOf(what, s)
	if err == nil && (b == '\n' || b == '\r' || b >= utf8.RuneSelf) {
		err = wording.Errorf("a line end cannot be the %s", what)
	}
	return dialect.Byte{Given: true, Value: b}, err
}

// given is the reading as the guesser takes it.
func (r Reading) given(extension string) (g dialect.Given, err error) {
	g.Extension = extension
	if r.Encoding != "" {
		if _, err := charset.Lookup(r.Encoding, nil); err != nil {
			return g, err
		}
	}
	delimiter := r.Delimiter
	if len(delimiter) == 2 && delimiter[0] == delimiter[1] {
		g.Doubled, delimiter = true, delimiter[:1]
	}
	if g.Delimiter, err = choice("delimiter", delimiter, false); err != nil {
		return g, err
	}
	if g.Quote, err = choice("quote", r.Quote, true); err != nil {
		return g, err
	}
	if g.Comment, err = choice("beginning of a comment", r.Comment, true); err != nil {
		return g, err
	}
	switch strings.ToLower(r.Escape) {
	case "":
	case "doubled", None:
		g.Escape = dialect.Byte{Given: true}
	default:
		if g.Escape, err = choice("escape", r.Escape, false); err != nil {
			return g, err
		}
	}
	if err := r.lines(&g); err != nil {
		return g, err
	}
	return g, r.clash(g)
}

// lines reads what is said of the header and of the lines before it.
func (r Reading) lines(g *dialect.Given) error {
	header := true
	switch strings.ToLower(r.Header) {
	case "":
	case "yes":
		g.Header = &header
	case "no":
		header = false
		g.Header = &header
	default:
		return wording.Errorf("whether there is a header is %q: say yes or no", r.Header)
	}
	switch {
	case r.HeaderRow < 0:
		return wording.Errorf("the header cannot stand in line %d: lines are counted from 1", r.HeaderRow)
	case r.HeaderRow > 0 && r.Skip != nil:
		return wording.Errorf("the line of the header already says what is skipped: leave one of the two out")
	case r.HeaderRow > 0 && !header:
		return wording.Errorf("line %d is to be the header, and there is to be none: leave one of the two out", r.HeaderRow)
	case r.HeaderRow > 0:
		g.Lines, g.LinesGiven, g.Header = r.HeaderRow-1, true, &header
	case r.Skip != nil && *r.Skip < 0:
		return wording.Errorf("%d lines cannot be skipped", *r.Skip)
	case r.Skip != nil:
		g.Lines, g.LinesGiven = *r.Skip, true
	}
	return nil
}

// clash refuses one byte for two purposes. The quote of nearly every file is none to
// guess for something else.
func (r Reading) clash(g dialect.Given) error {
	used := map[byte]string{}
	if !g.Quote.Given {
		used['"'] = "quote"
	}
	for _, b := range []struct {
		b    dialect.Byte
		what string
	}{{g.Delimiter, "delimiter"}, {g.Quote, "quote"}, {g.Escape, "escape"}, {g.Comment, "beginning of a comment"}} {
		if !b.b.Given || b.b.Value == 0 || b.what == "escape" && (b.b.Value == g.Quote.Value || b.b.Value == '"' && !g.Quote.Given) {
			continue
		}
		if other, ok := used[b.b.Value]; ok {
			return wording.Errorf("%q cannot be both the %s and the %s", string(rune(b.b.Value)), other, b.what)
		}
		used[b.b.Value] = b.what
	}
	return nil
}

// Dialect is how a file is read.
type Dialect struct {
	// Encoding is the name in small letters: "utf-8", "windows-1252".
	Encoding string `json:"encoding"`
	// Guessed says that nothing in the file tells its encoding.
	Guessed   bool   `json:"guessed"`
	Delimiter string `json:"delimiter"`
	Quote     string `json:"quote"`  // "" if nothing stands around fields
	Escape    string `json:"escape"` // "doubled", "backslash", another byte, or "none" without quotes
	Header    bool   `json:"header"`
	Skipped   int    `json:"skipped"` // lines before the header, or before the first row
}

// Dialect returns how the file is read.
func (f *File) Dialect() Dialect {
	i := f.info
	delimiter := string(rune(i.Delimiter))
	if i.Doubled {
		delimiter += delimiter
	}
	d := Dialect{
		Encoding: i.EncodingID, Guessed: i.EncodingGuessed, Delimiter: delimiter,
		Escape: "none", Header: i.HasHeader, Skipped: i.SkippedLines,
	}
	if i.Quote != 0 {
		d.Quote, d.Escape = string(rune(i.Quote)), "doubled"
	}
	switch i.Escape {
	case 0:
	case '\\':
		d.Escape = "backslash"
	default:
		d.Escape = string(rune(i.Escape))
	}
	return d
}

// ParseByte reads a byte that is to stand between or around cells, as people write it: by
// itself, by its name ("tab") or by its number ("0x1f"). what says what it is for; the
// error is a sentence.
func ParseByte(what, s string) (byte, error) {
	b, err := choice(what, s, false)
	return b.Value, err
}
