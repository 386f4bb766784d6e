package cli

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/visible"
)

// columnProfile is a profile as JSON.
type columnProfile struct {
	Column        string           `json:"column"`
	Type          string           `json:"type"`
	Rows          int64            `json:"rows"`
	Empty         int64            `json:"empty"`
	Missing       int64            `json:"missing"` // rows without such a cell
	Types         map[string]int64 `json:"types"`
	Distinct      uint64           `json:"distinct"`
	DistinctExact bool             `json:"distinctExact"`
	Min           string           `json:"min"`
	Max           string           `json:"max"`
	Mean          *float64         `json:"mean,omitempty"` // of numbers
	// Sizes are those of the values in bytes.
	Sizes struct {
		Min  int64   `json:"min"`
		Max  int64   `json:"max"`
		Mean float64 `json:"mean"`
	} `json:"sizes"`
	// Quantiles and histogram are of numbers, of times in seconds since 1970, else of sizes.
	Quantiles []quantile  `json:"quantiles"`
	Top       []valueRows `json:"top"`
	TopSlack  int64       `json:"topSlack"` // by which a count of top may be too small
	Histogram []bin       `json:"histogram"`
	completeness
}

type quantile struct {
	Q     float64 `json:"q"`
	Value float64 `json:"value"`
}

type valueRows struct {
	Value string `json:"value"`
	Rows  int64  `json:"rows"`
}

type bin struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Rows int64   `json:"rows"`
}

// describe prints the profile of a column of what is shown.
func (p *previewCommand) describe(c *call, s *previewed) error {
	column, err := filtertext.Columns(p.Profile, s.file.Header())
	if err == nil && len(column) != 1 {
		err = fmt.Errorf("one column is described at a time")
	}
	if err != nil {
		return usageError{fmt.Errorf("--profile: %w", err)}
	}
	profile, err := csvfile.ProfileColumn(c.ctx, s.source(), column[0], nil)
	if err != nil {
		return err
	}
	say(c, findings(s.file, nil))
	if p.JSON {
		c.documented = true
		return c.printDocument(profileDocument(profile, completenessOf(s.file)), s.file.Damage())
	}
	printProfile(c.program.Out, profile)
	return s.tellMatches(c)
}

func profileDocument(p csvfile.Profile, done completeness) columnProfile {
	d := columnProfile{
		Column: p.Name, Type: string(p.Type), Rows: p.Rows, Empty: p.Empty, Missing: p.Missing,
		Types: map[string]int64{}, Distinct: p.Distinct, DistinctExact: p.DistinctExact, Min: p.Min, Max: p.Max,
		TopSlack: p.TopSlack, Quantiles: []quantile{}, Top: []valueRows{}, Histogram: []bin{}, completeness: done,
	}
	for k, n := range p.Types {
		d.Types[string(k)] = n
	}
	if ofNumbers(p) {
		d.Mean = &p.Mean
	}
	d.Sizes.Min, d.Sizes.Max, d.Sizes.Mean = p.MinSize, p.MaxSize, p.MeanSize
	for _, q := range p.Quantiles {
		d.Quantiles = append(d.Quantiles, quantile(q))
	}
	for _, v := range p.Top {
		d.Top = append(d.Top, valueRows{v.Value, v.Count})
	}
	for _, b := range p.Histogram {
		d.Histogram = append(d.Histogram, bin{b.From, b.To, b.Count})
	}
	return d
}

func ofNumbers(p csvfile.Profile) bool {
	return (p.Type == csvfile.TypeInteger || p.Type == csvfile.TypeDecimal) && !math.IsNaN(p.Mean)
}

// printProfile prints a profile for people.
func printProfile(w io.Writer, p csvfile.Profile) {
	line := func(name, format string, args ...any) {
		visible.Fprintf(w, "%-10s %s\n", name, fmt.Sprintf(format, args...))
	}
	about := ""
	if !p.DistinctExact {
		about = "about "
	}
	line("column", "%s", p.Name)
	line("type", "%s%s", p.Type, otherTypes(p))
	line("rows", "%s, %s of them empty", number(p.Rows), number(p.Empty+p.Missing))
	line("distinct", "%s%s", about, number(int64(p.Distinct)))
	line("least", "%s", visible.Cut(p.Min, maxProfileCell))
	line("greatest", "%s", visible.Cut(p.Max, maxProfileCell))
	if ofNumbers(p) {
		line("mean", "%s", strconv.FormatFloat(p.Mean, 'g', 10, 64))
	}
	line("sizes", "%s to %s, %s on average", size(p.MinSize), size(p.MaxSize), size(int64(math.Round(p.MeanSize))))
	if len(p.Quantiles) > 0 {
		var qs []string
		for _, q := range p.Quantiles {
			qs = append(qs, fmt.Sprintf("%g%% %s", q.Q*100, quantileText(p.Type, q.Value)))
		}
		line("below", "%s", strings.Join(qs, ", "))
	}
	for i, v := range p.Top {
		name := ""
		if i == 0 {
			name = "frequent"
		}
		line(name, "%8s  %s", number(v.Count), visible.Cut(v.Value, maxProfileCell))
	}
}

// maxProfileCell is how many characters of a value a profile shows.
const maxProfileCell = 60

// otherTypes are what those values are that are not of the type of the column.
func otherTypes(p csvfile.Profile) string {
	var others []string
	for k, n := range p.Types {
		if k != p.Type {
			others = append(others, fmt.Sprintf("%s %s", number(n), k))
		}
	}
	if len(others) == 0 {
		return ""
	}
	slices.Sort(others)
	return " (and " + strings.Join(others, ", ") + ")"
}

func quantileText(t csvfile.ValueType, v float64) string {
	switch t {
	case csvfile.TypeTime:
		return time.UnixMilli(int64(v * 1000)).UTC().Format(time.DateTime)
	case csvfile.TypeInteger, csvfile.TypeDecimal:
		return strconv.FormatFloat(v, 'g', 8, 64)
	}
	return size(int64(math.Round(v)))
}
