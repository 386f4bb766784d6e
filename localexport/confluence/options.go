package confluence

import (
	"time"

	"sluice/localexport/product"
)

// Options says what to export and how. The zero value is the documented
// default of everything; where the vendor's documentation is silent, each
// choice has a field here.
type Options struct {
	// From is the lower bound: entities created or updated after it. The zero
	// time means 365 days before the newest data of the snapshot.
	From time.Time
	// Plan, if not nil, is what an earlier export has resolved: this one goes on
	// with it, whatever From, Location and BaseURL say.
	Plan *Plan
	// Location is the zone of the server that wrote the naive times of the
	// tables. nil means: guess it from the analytics events, else take this
	// machine's; which it was is said in a diagnostic.
	Location *time.Location
	// BaseURL of the instance; "" means the one that the snapshot holds.
	BaseURL string
	// ByteOrderMark begins CSV files with one.
	ByteOrderMark bool
	// FullContent writes bodies whole instead of cutting them at the
	// documented 10,000 characters (pages) and 2,000 characters (comments). Long
	// ones are written in pieces, whatever their length; but of a snapshot in
	// UTF-16 a body of more than 64 MB (snapshot.MaxValue) is left out, with a
	// warning.
	FullContent bool
	// PreserveLineBreaks writes line breaks inside of cells as they are.
	PreserveLineBreaks bool
	// LineBreakEscape is written for a line break otherwise; "" means `\n`.
	LineBreakEscape string
	// Redaction is what is taken out of the files; nil means nothing.
	Redaction *product.Redaction
	// Formats are those of the files; none means CSV. Metadata is what files whose format
	// has a place for it tell of the job.
	Formats  []product.Format
	Metadata map[string]string
	// KeepNUL writes U+0000 in a text as it is; the default writes U+FFFD, which is
	// counted in a warning, because databases refuse a whole file for one U+0000.
	KeepNUL bool
	// SkipBadRows leaves out rows with a value that cannot be exported (a date that
	// is none or lies outside of the years 1 to 9999, an id that is no number, a
	// value of more than 64 MB), and lists them in the file RejectedName. The
	// default is to fail at the first. Such an export is not gone on with after an
	// interruption, but begins anew.
	SkipBadRows bool
	// Workers is the number of connections that read at once; 0 means one for
	// each CPU. The files are the same for any number.
	Workers int
	// CPUShare limits the CPU time of the process to a percentage of one core,
	// and makes its reading yield the disk to others where the system can; 0
	// means no limit.
	CPUShare float64
	// TempDir is where private work files go if the snapshot lacks keys or
	// indexes; "" means the system's folder for temporary files. A folder of
	// its own is made in it and removed afterwards.
	TempDir string

	// SQLiteOnly reads everything with SQLite. The default reads the large
	// tables of a snapshot from the file itself where it can, which is faster and
	// gives the same files.
	SQLiteOnly bool
	// MapFile maps the snapshot into memory instead of reading it, which saves
	// some time; its pages then count as memory of the process.
	MapFile bool
	// Only are the names of files to write; none means all. The others are
	// not opened.
	Only []string

	// UsersOfDirectoriesOnly leaves out users who are in no directory any more
	// (removed or anonymised). The default writes them, without name and
	// e-mail address, because pages refer to them.
	UsersOfDirectoriesOnly bool
	// LimitSpaces applies From to spaces, too. The default writes all spaces.
	LimitSpaces bool
	// IgnoreOptOuts exports spaces that are excluded in the product.
	IgnoreOptOuts bool
	// StatuslessContent takes content without a status (rows of very old
	// versions) for current.
	StatuslessContent bool
	// ArchivedContent exports content that is archived, with its status in
	// page_status. The default leaves it out and counts it.
	ArchivedContent bool
	// Labels is the form of the cell of labels.
	Labels LabelForm
	// AllLabels writes personal labels and space categories, too.
	AllLabels bool
	// BlogPostType is the page_type of a blog post; "" means blogPostType.
	BlogPostType string
	// SpaceStatusAsStored writes CURRENT and ARCHIVED; the default is lower case.
	SpaceStatusAsStored bool
	// PageURLs is the form of page addresses.
	PageURLs URLForm
	// CutAtCodePoints counts the limits of bodies in Unicode code points; the
	// default counts UTF-16 units.
	CutAtCodePoints bool
	// CutMarker is appended to a body that was cut; "" means nothing.
	CutMarker string
	// AttachmentComments says what page_id a comment on an attachment has.
	AttachmentComments AttachmentForm
	// Milliseconds writes times with milliseconds; the default is whole seconds.
	Milliseconds bool
	// EventContainerAsStored writes the container of an event as it is stored;
	// the default replaces 0 and null by the page that the event belongs to.
	EventContainerAsStored bool
	// AllEvents writes events of all names; the default writes those whose
	// names are documented.
	AllEvents bool
	// FromInclusive takes entities changed exactly at From; the default takes
	// those changed after it.
	FromInclusive bool
}

// blogPostType is the default of Options.BlogPostType.
const blogPostType = "blogpost"

// LabelForm is a form of the cell of labels.
type LabelForm int

// The forms of labels. The vendor prints ["personal", "expense"] and calls it
// comma-separated.
const (
	LabelsJSON   LabelForm = iota // ["a", "b"], [] if there are none
	LabelsCommas                  // a,b
)

// URLForm is a form of page addresses.
type URLForm int

// The forms of page addresses.
const (
	URLDisplay URLForm = iota // /display/KEY/Title, by id where a title does not suit an address
	URLByID                   // /pages/viewpage.action?pageId=1 for all
	URLSpaces                 // /spaces/KEY/pages/1/Title for all
)

// AttachmentForm is a treatment of comments on attachments.
type AttachmentForm int

// The treatments of comments on attachments.
const (
	AttachmentPage AttachmentForm = iota // page_id is the page that the attachment is on
	AttachmentID                         // page_id is the attachment
	AttachmentSkip                       // the comment is left out
)
