package texts

import (
	"fmt"
	"io"
	"strings"

	"sluice/figures"
)

// Figures are written as the language in force does. Texts of files, of the command line
// and of logs are not: they read the same for everybody.

// Count writes a number with the language's sign between the thousands.
func Count(n int64) string { return local(figures.Count(n)) }

// Size writes a number of bytes in decimal units: "412 GB", "4.1 MB".
func Size(n int64) string { return local(figures.Size(n)) }

// Decimal writes a number that was formatted with a point before its fraction.
func Decimal(s string) string { return local(s) }

// local puts the language's signs in place of the English ones.
func local(s string) string {
	f := T.Format
	if f.Thousands == "," && f.Point == "." || !strings.ContainsAny(s, ",.") {
		return s
	}
	return strings.NewReplacer(",", f.Thousands, ".", f.Point).Replace(s)
}

// number is written as Count does, with any verb.
type number int64

// Format implements fmt.Formatter.
func (n number) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Count(int64(n))) }
