package parquettext

import (
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestBytes: what is kept as bytes of a length is written by what it stands for.
func TestBytes(t *testing.T) {
	for _, c := range []struct {
		write writer
		bytes string
		want  string
	}{
		{half, "\x00\x3c", "1"}, {half, "\x00\xc0", "-2"}, {half, "\x00\x7c", "+Inf"}, {half, "\x01\x7c", "NaN"}, {half, "\x01\x00", "5.9604645e-08"}, {half, "x", "x"},
		{interval, "\x01\x00\x00\x00\x02\x00\x00\x00\xdc\x05\x00\x00", "P1M2DT1.5S"}, {interval, "x", "x"},
		{uuid, "x", "x"},
		{decimal(parquet.ByteArray, 2), "\xff", "-0.01"}, {decimal(parquet.ByteArray, 0), "\x01\x00", "256"}, {decimal(parquet.ByteArray, 4), "", "0.0000"},
		{texts, "\xff", "0xff"},
	} {
		if got := string(c.write(nil, parquet.ByteArrayValue([]byte(c.bytes)))); got != c.want {
			t.Errorf("%q is written %q, not %q", c.bytes, got, c.want)
		}
	}
}

// TestInstants: times before 1970 and parts of a second.
func TestInstants(t *testing.T) {
	for _, c := range []struct {
		write writer
		n     int64
		want  string
	}{
		{timestamp(1e6, true), -1, "1969-12-31T23:59:59.999Z"}, {timestamp(1e6, true), 1000, "1970-01-01T00:00:01Z"},
		{timestamp(1, false), 1, "1970-01-01T00:00:00.000000001"}, {clock(1e3), 86_399_999_999, "23:59:59.999999"},
	} {
		if got := string(c.write(nil, parquet.Int64Value(c.n))); got != c.want {
			t.Errorf("%d is written %q, not %q", c.n, got, c.want)
		}
	}
}
