package fileident

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Parse reads what [ID.String] gave.
func Parse(s string) (ID, error) {
	id := ID{}
	// Times before 1970 are negative, so the minus signs cannot all be separators.
	var parts []string
	for rest := s; rest != ""; {
		end := strings.IndexByte(rest[1:], '-') + 1
		if end == 0 {
			end = len(rest)
		}
		parts, rest = append(parts, rest[:end]), strings.TrimPrefix(rest[end:], "-")
	}
	if len(parts) != 5 {
		return ID{}, fmt.Errorf("%q is no identity of a file", s)
	}
	for i, to := range []*int64{&id.Size, &id.Modified, &id.Changed} {
		n, err := strconv.ParseInt(parts[i], 10, 64)
		if err != nil {
			return ID{}, fmt.Errorf("%q is no identity of a file: %w", s, err)
		}
		*to = n
	}
	var err error
	if id.File, err = strconv.ParseUint(parts[3], 10, 64); err != nil {
		return ID{}, fmt.Errorf("%q is no identity of a file: %w", s, err)
	}
	b, err := hex.DecodeString(parts[4])
	if err != nil || len(b) != len(id.Digest) {
		return ID{}, fmt.Errorf("%q is no identity of a file: its digest is not one", s)
	}
	id.Digest = Digest(b)
	if id.String() != s {
		return ID{}, fmt.Errorf("%q is no identity of a file as it is written", s)
	}
	return id, nil
}
