package xmlbackup

import (
	"sluice/localexport/snapshot"
)

// object reads an object, which t begins, and hands its row on.
func (x *reader) object(t tag) error {
	c := classes[string(t.attribute("class"))]
	if c == nil || t.empty {
		return x.s.skip(t)
	}
	x.s.class = c.name
	if err := x.properties(c); err != nil {
		return err
	}
	x.s.class = ""
	switch {
	case c.name == mappingClass:
		x.mapped = append(x.mapped, mapped{string(x.cell(0)), string(x.cell(1))})
		return nil
	case c.name == applicationClass:
		return nil
	case c.table == contentTable:
		x.complete(c)
	case c.table == settingsTable:
		x.settings = x.settings || string(x.cell(1)) == snapshot.GlobalContext && string(x.cell(2)) == snapshot.SettingsKey
	}
	return x.emit(c.table)
}

// cell is the text of a cell, nil if it is null.
func (x *reader) cell(i int) []byte {
	if c := x.cells[i]; c.valid {
		return x.v.buf[c.from:c.to]
	}
	return nil
}

// complete sets what an object of content says by its class, and the status that
// objects of old releases do not have.
func (x *reader) complete(c *class) {
	x.set(contentType, c.kind)
	if len(x.cell(contentStatus)) == 0 {
		x.set(contentStatus, "current")
		switch c.kind {
		case "PAGE", "BLOGPOST", "COMMENT": // others are not exported
			x.unstated++
		}
	}
}

// set gives a cell a value.
func (x *reader) set(i int, text string) {
	x.v.begin()
	x.v.buf = append(x.v.buf, text...)
	x.cells[i] = cell{x.v.from, len(x.v.buf), true}
}

// clear begins a row of so many cells.
func (x *reader) clear(cells int) {
	x.v.reset()
	x.cells = x.cells[:0]
	for range cells {
		x.cells = append(x.cells, cell{})
	}
}

// properties reads the cells of an object to its end.
func (x *reader) properties(c *class) error {
	x.clear(len(c.table.columns))
	for {
		t, err := x.s.next(nil)
		switch {
		case err != nil:
			return x.s.cut(err)
		case t.end:
			return nil
		}
		property := t.attribute("name")
		to, wanted := c.properties[string(property)]
		switch isCollection := string(t.name) == "collection"; {
		case isCollection && c.name == applicationClass && string(property) == mappingsProperty && !t.empty:
			err = x.list()
		case isCollection, !wanted, to.instead && x.cells[to.at].valid:
			err = x.s.skip(t)
		default:
			err = x.property(t, to)
		}
		if err != nil {
			return err
		}
	}
}

// property reads the value of a property, which t begins: text, or the id of
// another object. A property with neither is null.
func (x *reader) property(t tag, to column) error {
	if t.empty {
		return nil
	}
	x.v.begin()
	keep, reference := x.v, t.attribute("class") != nil
	valid := !reference
	for {
		t, err := x.s.next(keep)
		switch {
		case err != nil:
			return x.s.cut(err)
		case t.end:
			if !to.exact {
				x.v.trim()
			}
			if valid {
				x.cells[to.at] = cell{x.v.from, len(x.v.buf), true}
			}
			if to.user {
				x.name(x.v.text())
			}
			return nil
		case string(t.name) == "id" && !t.empty:
			if err := x.id(); err != nil {
				return err
			}
			keep, valid = nil, true
		default:
			if err := x.s.skip(t); err != nil {
				return err
			}
		}
	}
}

// id reads the value of an id that a property refers to.
func (x *reader) id() error {
	x.v.again()
	for {
		t, err := x.s.next(x.v)
		switch {
		case err != nil:
			return x.s.cut(err)
		case t.end:
			x.v.trim()
			return nil
		}
		if err := x.s.skip(t); err != nil {
			return err
		}
	}
}

// name notes a user who has no key: the releases before 5.2 knew users by their
// names.
func (x *reader) name(name []byte) {
	if len(name) > 0 && !x.names[string(name)] {
		x.names[string(name)] = true
	}
}

// list reads the directories of an application, which are in their order.
func (x *reader) list() error {
	for at := 0; ; {
		t, err := x.s.next(nil)
		switch {
		case err != nil:
			return x.s.cut(err)
		case t.end:
			return nil
		case t.empty:
			continue
		}
		if err := x.property(t, column{at: 0}); err != nil { // an element holds an id, as a property does
			return err
		}
		x.listed[string(x.v.text())] = at
		at++
	}
}
