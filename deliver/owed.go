package deliver

import (
	"errors"
	"path/filepath"
	"slices"

	"sluice/formats"
	"sluice/listfile"
)

// Owed are the jobs that a delivery has to bring yet: one that failed is made up for by the
// next run, and nothing is removed here that is owed.
type Owed struct {
	Delivery string   `json:"delivery"`
	Folders  []string `json:"folders"` // of the jobs, the oldest first
}

// ItemName implements listfile.Item.
func (o Owed) ItemName() string { return o.Delivery }

// Validate implements listfile.Item.
func (o Owed) Validate() error {
	if o.Delivery == "" {
		return errors.New("what is owed names no delivery")
	}
	return nil
}

// OwedFile is the file with what is owed.
type OwedFile struct{ file *listfile.Named[Owed] }

// NewOwedFile returns deliveries-owed.json in a folder for settings.
func NewOwedFile(folder string) *OwedFile {
	return &OwedFile{listfile.NewNamed[Owed](listfile.File{Path: filepath.Join(folder, "deliveries-owed.json"), Kind: formats.OwedDeliveries, Element: "delivery"}, "owed")}
}

// Add notes that a delivery has to bring the job in a folder, and returns all that it has
// to bring.
func (f *OwedFile) Add(delivery, folder string) (folders []string, err error) {
	err = f.change(delivery, func(owed []string) []string {
		if !slices.Contains(owed, folder) {
			owed = append(owed, folder)
		}
		folders = owed
		return owed
	})
	return folders, err
}

// Settle notes that a delivery has brought the job in a folder, or never will.
func (f *OwedFile) Settle(delivery, folder string) error {
	return f.change(delivery, func(owed []string) []string {
		return slices.DeleteFunc(owed, func(other string) bool { return other == folder })
	})
}

// Of are the folders of the jobs that a delivery has to bring.
func (f *OwedFile) Of(delivery string) ([]string, error) {
	list, err := f.file.Load()
	for _, o := range list {
		if o.Delivery == delivery {
			return o.Folders, err
		}
	}
	return nil, err
}

func (f *OwedFile) change(delivery string, change func([]string) []string) error {
	return f.file.Update(func(list []Owed) ([]Owed, error) {
		var folders []string
		for _, o := range list {
			if o.Delivery == delivery {
				folders = o.Folders
			}
		}
		if folders = change(slices.Clone(folders)); len(folders) == 0 {
			return listfile.Without(list, delivery), nil
		}
		return listfile.With(list, Owed{delivery, folders}), nil
	})
}
