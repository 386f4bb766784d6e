package sqlread

// Prefix reads up to n bytes from the start of a value, however long it is,
// without loading the rest. Text comes in the encoding of the file.
func (c *Conn) Prefix(table, column string, rowid int64, n int) ([]byte, error) {
	b, err := c.OpenValue(table, column, rowid)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	p := make([]byte, min(n, b.Size()))
	if len(p) == 0 {
		return p, nil
	}
	return p, b.Read(p, 0)
}
