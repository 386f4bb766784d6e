package parquet

import (
	"sync"

	"github.com/klauspost/compress/zstd"
	parquetzstd "github.com/parquet-go/parquet-go/compress/zstd"
)

// codec is zstd as the library has it, but for texts in which nothing repeats: those are
// written with fewer bits for frequent letters, where the quick levels would leave them as
// they are.
type codec struct{ *parquetzstd.Codec }

// encoders may be used by several goroutines, and are made once.
var encoders = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithAllLitEntropyCompression(true),
		zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false))
})

// Encode implements compress.Codec.
func (codec) Encode(dst, src []byte) ([]byte, error) {
	e, err := encoders()
	if err != nil {
		return dst[:0], err
	}
	return e.EncodeAll(src, dst[:0]), nil
}
