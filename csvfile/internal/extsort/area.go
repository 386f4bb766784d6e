package extsort

// Area is room for bytes that are put and got at any place, by several goroutines at once
// as long as they do so at different places: in memory, or in a file like that of a
// [Spool].
type Area struct {
	mem   []byte
	spool *Spool
}

// NewArea returns room in memory, or, if dir is not empty, in a file in that folder.
func NewArea(dir string) (*Area, error) {
	if dir == "" {
		return new(Area), nil
	}
	a := &Area{spool: NewSpool(dir)}
	return a, a.spool.open()
}

// Reset makes room for size bytes. What was put is gone.
func (a *Area) Reset(size int64) {
	switch {
	case a.spool != nil:
	case int64(cap(a.mem)) < size:
		a.mem = nil // may go before there is more
		a.mem = make([]byte, size, size+size/32)
	default:
		a.mem = a.mem[:size]
	}
}

// Room returns n bytes to be written and then [Area.Put] at off: of the memory itself, or
// in *scratch, which grows.
func (a *Area) Room(off int64, n int, scratch *[]byte) []byte {
	if a.spool == nil {
		return a.mem[off : off+int64(n) : off+int64(n)]
	}
	if cap(*scratch) < n {
		*scratch = make([]byte, n+n/8)
	}
	return (*scratch)[:n]
}

// Put puts p, which is of [Area.Room], at off.
func (a *Area) Put(p []byte, off int64) error {
	if a.spool == nil {
		return nil // it is there
	}
	if _, err := a.spool.file.WriteAt(p, off); err != nil {
		return &SpoolError{a.spool.dir, err}
	}
	return nil
}

// Get returns n bytes that were put at off, perhaps in *scratch, which grows.
func (a *Area) Get(off int64, n int, scratch *[]byte) ([]byte, error) {
	p := a.Room(off, n, scratch)
	if a.spool == nil {
		return p, nil
	}
	_, err := readSpool(a.spool, p, off)
	return p, err
}

// Close gives the room back.
func (a *Area) Close() error {
	a.mem = nil
	if a.spool == nil {
		return nil
	}
	return a.spool.Close()
}
