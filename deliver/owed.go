package deliver

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sluice/formats"
	"sluice/listfile"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wording"
)

// Owed are the jobs that a delivery has to bring yet: one that failed is made up for by the
// next run, and nothing is removed here that is owed.
type Owed struct {
	Delivery string   `json:"delivery"`
	Folders  []string `json:"folders"` // of the jobs, the oldest first
	// Unfetched are jobs of a server that could not be brought here yet, the oldest first.
	Unfetched []int64 `json:"unfetched,omitempty"`
	// Gone are those of them whose files were seen to be gone where they are fetched from.
	Gone []int64 `json:"gone,omitempty"`
	// Why is what was wrong when it was tried last; "" if it was not yet.
	Why string `json:"why,omitempty"`
	// Forgotten are jobs that it does not bring any more, the last to be forgotten last.
	Forgotten []Forgotten `json:"forgotten,omitempty"`
}

// Count is how many jobs there are to bring.
func (o Owed) Count() int { return len(o.Folders) + len(o.Unfetched) }

// Since is when the oldest of the jobs was complete; the zero time if that is not known.
func (o Owed) Since() time.Time {
	if len(o.Folders) == 0 {
		return time.Time{}
	}
	m, err := jobfiles.ReadManifest(o.Folders[0])
	if err != nil {
		return time.Time{}
	}
	return m.Job.CompletedTime.Time
}

// ItemName implements listfile.Item.
func (o Owed) ItemName() string { return o.Delivery }

// Validate implements listfile.Item.
func (o Owed) Validate() error {
	if o.Delivery == "" {
		return wording.New("what is owed names no delivery")
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

// Lack notes that a delivery has to bring a job of a server that is not here, and why. gone
// says that its files were seen to be gone there.
func (f *OwedFile) Lack(delivery string, job int64, why error, gone bool) error {
	return f.update(delivery, func(o Owed) Owed {
		o.Unfetched, o.Gone = with(o.Unfetched, job), without(o.Gone, job)
		if gone {
			o.Gone = with(o.Gone, job)
		}
		o.Why = why.Error()
		return o
	})
}

// Have notes that a job of a server is here.
func (f *OwedFile) Have(delivery string, job int64) error {
	return f.update(delivery, func(o Owed) Owed {
		o.Unfetched, o.Gone = without(o.Unfetched, job), without(o.Gone, job)
		return o
	})
}

// Settle notes that a delivery has brought the job in a folder.
func (f *OwedFile) Settle(delivery, folder string) error {
	return f.update(delivery, func(o Owed) Owed {
		o.Folders, o.Forgotten = o.besides(folder), o.notForgotten(jobIn(folder))
		return o
	})
}

// Rename lets a delivery of a new name owe what the old one did.
func (f *OwedFile) Rename(from, to string) error {
	owed, err := f.Of(from)
	if err != nil || from == to || owed.nothing() {
		return err
	}
	owed.Delivery = to
	if err := f.update(to, func(Owed) Owed { return owed }); err != nil {
		return err
	}
	return f.Forget(from)
}

// Load is all that is owed.
func (f *OwedFile) Load() ([]Owed, error) { return f.file.Load() }

// Folders are those of all jobs that are owed, by whichever delivery.
func (f *OwedFile) Folders() (folders []string, err error) {
	if f == nil {
		return nil, nil
	}
	list, err := f.Load()
	for _, o := range list {
		folders = append(folders, o.Folders...)
	}
	return folders, err
}

// Of is what a delivery has to bring.
func (f *OwedFile) Of(delivery string) (Owed, error) {
	list, err := f.file.Load()
	for _, o := range list {
		if o.Delivery == delivery {
			return o, err
		}
	}
	return Owed{Delivery: delivery}, err
}

// Bring brings what a delivery owes, the oldest first, and returns how many jobs were
// brought. It ends with the first that cannot be, which stays owed with the reason. One whose
// files are gone is forgotten, which the error tells, and holds up no other.
func (f *OwedFile) Bring(delivery string, bring func(folder string) error) (brought int, err error) {
	owed, err := f.Of(delivery)
	if err != nil {
		return 0, err
	}
	var lost []error
	for _, folder := range owed.Folders {
		err := bring(folder)
		switch {
		case err == nil:
			err = f.Settle(delivery, folder)
			brought++
		case gone(folder):
			lost = append(lost, err)
			err = f.lose(delivery, folder, err)
		case !errors.Is(err, context.Canceled):
			err = errors.Join(err, f.because(delivery, err))
		}
		if err != nil {
			return brought, errors.Join(append(lost, err)...)
		}
	}
	return brought, errors.Join(lost...)
}

// gone reports whether the files of a job were taken away, with their manifest, or without
// it as Sluice itself removes them. Where the folder of all exports is missing, too, a disk may
// just not be mounted.
func gone(folder string) bool {
	if _, err := os.Stat(filepath.Dir(folder)); err != nil {
		return false
	}
	if _, err := os.Stat(filepath.Join(folder, pipeline.ManifestName)); err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	files, err := jobfiles.List(folder, nil)
	return err == nil && len(files) == 0
}

// because notes why a delivery could not bring what it owes.
func (f *OwedFile) because(delivery string, why error) error {
	return f.update(delivery, func(o Owed) Owed {
		o.Why = why.Error()
		return o
	})
}

func (f *OwedFile) change(delivery string, change func([]string) []string) error {
	return f.update(delivery, func(o Owed) Owed {
		o.Folders = change(slices.Clone(o.Folders))
		return o
	})
}

func (f *OwedFile) update(delivery string, change func(Owed) Owed) error {
	return f.file.Update(func(list []Owed) ([]Owed, error) {
		o := Owed{Delivery: delivery}
		for _, other := range list {
			if other.Delivery == delivery {
				o = other
			}
		}
		if o = change(o); o.Count() == 0 {
			o.Why = ""
		}
		if o.nothing() {
			return listfile.Without(list, delivery), nil
		}
		return listfile.With(list, o), nil
	})
}
