package figures

import (
	"fmt"
	"math"
	"testing"
	"time"
)

func TestFigures(t *testing.T) {
	const d = 24 * time.Hour
	for _, test := range []struct{ got, want string }{
		{Count(0), "0"}, {Count(999), "999"}, {Count(1000), "1,000"}, {Count(59_690_660), "59,690,660"}, {Count(-12345), "-12,345"},
		{Count(math.MinInt64), "-9,223,372,036,854,775,808"},
		{fmt.Sprintf("%d of %v rows, id %d", N(1234567), N(12), 1234567), "1,234,567 of 12 rows, id 1234567"},
		{Some(0, "a row came", "%d rows came"), "0 rows came"}, {Some(1, "a row came", "%d rows came"), "a row came"}, {Some(1001, "a row came", "%d rows came"), "1,001 rows came"},
		{Size(0), "0 B"}, {Size(999_999), "1.0 MB"}, {Size(412_000_000_000), "412 GB"}, {Size(900_000_000_000_000), "900 TB"},
		{Span(0), "0.00 s"}, {Span(-time.Second), "0.00 s"}, {Span(69 * time.Millisecond), "0.07 s"}, {Span(9500 * time.Millisecond), "9.5 s"},
		{Span(9990 * time.Millisecond), "10 s"}, {Span(98 * time.Second), "1 min 38 s"}, {Span(2*time.Hour + 14*time.Minute), "2 h 14 min"},
		{Span(47 * time.Hour), "47 h"}, {Span(2*d + time.Hour), "2 d 1 h"}, {Span(100*d + time.Hour), "100 d"}, {Span(365 * d), "365 d"},
		{Ago(59 * time.Second), "just now"}, {Ago(4 * time.Minute), "4 min ago"}, {Ago(6 * d), "6 d ago"}, {Ago(400 * d), "13 mo ago"},
		{Span(366 * d), "1 y"}, {Span(2097 * d), "5 y 270 d"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestCoarse(t *testing.T) {
	const d = 24 * time.Hour
	for _, test := range []struct {
		age  time.Duration
		n    int64
		unit Unit
	}{
		{59 * time.Second, 59, Second}, {4 * time.Minute, 4, Minute}, {47 * time.Hour, 47, Hour}, {6 * d, 6, Day}, {89 * d, 89, Day},
		{91 * d, 2, Month}, {400 * d, 13, Month}, {2097 * d, 5, Year}, {-time.Hour, 0, Second},
	} {
		if n, unit := Coarse(test.age); n != test.n || unit != test.unit {
			t.Errorf("%v is %d of unit %d, want %d of %d", test.age, n, unit, test.n, test.unit)
		}
	}
}
