package unpack

import (
	stdgzip "compress/gzip"
	"errors"
	"fmt"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// ErrDamaged is wrapped by the errors of what is cut, damaged or not what it claims to be.
var ErrDamaged = errors.New("the source is damaged")

// Error says in what way something packed is damaged.
type Error struct {
	Form   Form
	Reason string // "it ends in the middle"
	Err    error
}

const (
	reasonCut      = "it ends in the middle"
	reasonChecksum = "its checksum does not fit its text"
	reasonNonsense = "what is packed makes no sense from some place on"
)

func (e *Error) Error() string {
	if e.Reason == reasonCut {
		return fmt.Sprintf("the %s data end too early: the file was cut, or copied in part", e.Form)
	}
	return fmt.Sprintf("the %s data are damaged: %s", e.Form, e.Reason)
}

// Unwrap makes the error one of ErrDamaged.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{ErrDamaged}
	}
	return []error{ErrDamaged, e.Err}
}

// reasonOf words an error of a library.
func reasonOf(err error) string {
	for _, sum := range []error{gzip.ErrChecksum, stdgzip.ErrChecksum, zlib.ErrChecksum, zstd.ErrCRCMismatch} {
		if errors.Is(err, sum) {
			return reasonChecksum
		}
	}
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, stdgzip.ErrHeader):
		return "its header makes no sense"
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return fmt.Sprintf("it wants more than %d MB of memory at once", maxWindow>>20)
	}
	return fmt.Sprintf("%s (%v)", reasonNonsense, err)
}
