package sqlread

import "strings"

// Run executes a statement with parameters, and throws its rows away.
func (c *Conn) Run(sql string, args ...any) error {
	s, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Bind(args...); err != nil {
		return err
	}
	for {
		row, err := s.Step()
		if err != nil || !row {
			return err
		}
	}
}

// Int runs a statement and returns the first column of its first row; ok is
// false if there is none or if it is null.
func (c *Conn) Int(sql string, args ...any) (n int64, ok bool, err error) {
	s, err := c.Prepare(sql)
	if err != nil {
		return 0, false, err
	}
	defer s.Close()
	if err := s.Bind(args...); err != nil {
		return 0, false, err
	}
	row, err := s.Step()
	if err != nil || !row || s.Kind(0) == Null {
		return 0, false, err
	}
	return s.Int(0), true, nil
}

// Text is like Int for a text.
func (c *Conn) Text(sql string, args ...any) (text string, ok bool, err error) {
	s, err := c.Prepare(sql)
	if err != nil {
		return "", false, err
	}
	defer s.Close()
	if err := s.Bind(args...); err != nil {
		return "", false, err
	}
	row, err := s.Step()
	if err != nil || !row || s.Kind(0) == Null {
		return "", false, err
	}
	return string(s.Bytes(0)), true, nil
}

// Each runs a statement and calls f for each row until it returns an error.
func (c *Conn) Each(sql string, f func(*Stmt) error, args ...any) error {
	s, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Bind(args...); err != nil {
		return err
	}
	for {
		row, err := s.Step()
		if err != nil || !row {
			return err
		}
		if err := f(s); err != nil {
			return err
		}
	}
}

// Quote writes a name as an SQL identifier.
func Quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
