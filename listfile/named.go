package listfile

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"

	"sluice/spelling"
	"sluice/wording"
)

// Item is what has a name in a list.
type Item interface {
	ItemName() string
	Validate() error // what is wrong with it
}

// Named is a file whose list has items with names, each of which is there once:
// {"version": 1, "hooks": […]}.
type Named[T Item] struct {
	file   File
	member string
}

// NewNamed returns such a file; member is what the list is called in it, also for people.
func NewNamed[T Item](f File, member string) *Named[T] { return &Named[T]{f, member} }

// Path is where the file lies.
func (n *Named[T]) Path() string { return n.file.Path }

// form is the struct that the file is read into.
func (n *Named[T]) form() reflect.Value {
	return reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "Version", Type: reflect.TypeFor[int](), Tag: `json:"version"`},
		{Name: "Items", Type: reflect.TypeFor[[]T](), Tag: reflect.StructTag(fmt.Sprintf(`json:"%s"`, n.member))},
	}))
}

// Load reads the list; a file that does not exist is an empty one.
func (n *Named[T]) Load() ([]T, error) {
	form := n.form()
	err := n.file.Read(form.Interface())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	list, _ := form.Elem().Field(1).Interface().([]T)
	if err == nil {
		err = n.check(list)
	}
	if err != nil {
		return nil, wording.Errorf("read the %s %s: %w", n.member, n.file.Path, err)
	}
	return list, nil
}

// Update changes the list: nobody else changes it until what change returns is written. An
// error of change leaves the file as it is.
func (n *Named[T]) Update(change func([]T) ([]T, error)) error {
	unlock, err := n.file.Lock()
	if err != nil {
		return wording.Errorf("write the %s %s: %w", n.member, n.file.Path, err)
	}
	defer unlock()
	list, err := n.Load()
	if err != nil {
		return err
	}
	next, err := change(list)
	if err == nil {
		err = n.check(next)
	}
	if err != nil {
		return err
	}
	form := n.form()
	form.Elem().Field(0).SetInt(int64(n.file.Kind.Known))
	form.Elem().Field(1).Set(reflect.ValueOf(next))
	if err := n.file.Write(form.Interface()); err != nil {
		return wording.Errorf("write the %s: %w", n.member, err)
	}
	return nil
}

// check says what is wrong with a list.
func (n *Named[T]) check(list []T) error {
	for i, item := range list {
		if err := item.Validate(); err != nil {
			return err
		}
		if find(list, item.ItemName()) != i {
			return wording.Errorf("two %s have the name %q", n.member, item.ItemName())
		}
	}
	return nil
}

// Find is the item of a name. The error names the nearest.
func (n *Named[T]) Find(list []T, name string) (item T, err error) {
	if i := find(list, name); i >= 0 {
		return list[i], nil
	}
	var names []string
	for _, item := range list {
		names = append(names, item.ItemName())
	}
	return item, wording.Errorf("there is no %s %q%s", n.file.Element, name, spelling.Hint(name, names))
}

func find[T Item](list []T, name string) int {
	return slices.IndexFunc(list, func(item T) bool { return item.ItemName() == name })
}

// With is a list with an item in the place of the one of its name, or at the end.
func With[T Item](list []T, item T) []T {
	list = slices.Clone(list)
	if i := find(list, item.ItemName()); i >= 0 {
		list[i] = item
		return list
	}
	return append(list, item)
}

// Without is a list without the item of a name.
func Without[T Item](list []T, name string) []T {
	return slices.DeleteFunc(slices.Clone(list), func(item T) bool { return item.ItemName() == name })
}
