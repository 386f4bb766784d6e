package csvfile

import (
	"context"
	"os"

	"sluice/intake"
	"sluice/wording"
)

// unpack makes the whole text of a packed file readable. It can be cancelled
// and goes on from there the next time. Damage ends the text, but is no error here:
// see [File.Damage].
func (f *File) unpack(ctx context.Context) error {
	if f.packed == nil || f.data().Whole() {
		return nil
	}
	p := f.packed
	if p.spool == nil {
		if err := f.openSpool(); err != nil {
			return err
		}
	}
	if p.again {
		if err := f.openText(p); err != nil {
			return err
		}
		p.size, p.again = 0, false
	}
	if err := f.unpackRest(ctx, p); err != nil {
		return err
	}
	f.setData(fileData{p.spool, p.size})
	f.idx.tell()
	p.head = nil
	return nil
}

// unpackRest writes the rest of the text into the spool, and shows what is there.
func (f *File) unpackRest(ctx context.Context, p *packed) error {
	buf := make([]byte, unpackStep)
	unchecked := int64(0)
	for !p.ended {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.waitText()
		text, err := f.readText(buf, showEvery)
		if err != nil {
			return err
		}
		n, err := p.spool.WriteAt(text, p.size)
		if unchecked += int64(n); err == nil && unchecked >= roomEvery {
			unchecked, err = 0, intake.Room(f.spoolDir(), 0)
		}
		if err != nil {
			p.again = true // what does not fit now is not lost
			return wording.Errorf("the unpacked text cannot be written to %s; there must be room for all of it: %w", f.spoolDir(), err)
		}
		p.size += int64(n)
		if err := f.advance(ctx, p.spool, p.size); err != nil {
			return err
		}
	}
	return nil
}

// roomEvery is how much is unpacked between two looks at how much room there is.
const roomEvery = 32 << 20

func (f *File) spoolDir() string { return spoolDir(f.cfg) }

// spoolDir is where private copies are kept.
func spoolDir(cfg config) string {
	if cfg.cacheDir != "" {
		return cfg.cacheDir
	}
	return os.TempDir()
}

// openSpool creates the spool with the head in it.
func (f *File) openSpool() error {
	spool, err := intake.Scratch(f.spoolDir(), "unpacked-*")
	if err != nil {
		return err
	}
	f.packed.spool = spool
	if err := intake.Room(f.spoolDir(), f.info.Size); err != nil { // the text is larger
		return err
	}
	if _, err = spool.WriteAt(f.packed.head, 0); err != nil {
		f.packed.again = true
		return err
	}
	return nil
}

func (p *packed) close() error {
	if p.slow != nil {
		p.slow.leave()
	}
	if p.closer != nil {
		_ = p.closer.Close() // tells again what reading has told
	}
	if p.spool == nil {
		return nil
	}
	return intake.Discard(p.spool)
}
