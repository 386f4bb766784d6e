// Package texts holds every sentence of the window, in one place.
//
// A language is a Texts value. English is complete; a translation is a JSON
// file in the folder translations with the same names, which UseLanguage lays
// over the English, so a sentence that a translation lacks stays readable.
// translations/en.json is the English, for translators to start from. Sentences with figures in them are
// fmt formats; a translation may reorder their arguments with %[2]s.
package texts

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// T is the language in force. It is set once, before the window opens.
var T = English()

// Texts are the sentences, grouped by where they stand.
type Texts struct {
	App       App
	Rail      Rail
	Board     Board
	Welcome   Welcome
	Page      Page
	Status    Status
	Advice    Advice
	New       NewExport
	History   History
	Compare   Compare
	Files     Files
	Leftover  Leftover
	Kit       Kit
	Redaction Redaction
	Setup     Setup
	Server    Server
	Take      Take
	Path      Path
	Schedule  Schedule
	Delivery  Delivery
	Retention Retention
	Hook      Hook
	Preview   Preview
	Chooser   Chooser
	Palette   Palette
	Settings  Settings
	Tray      Tray
	Tour      Tour
	Keys      Keys
	Format    Format
	// Elsewhere are sentences that are not the window's own, such as those about failures
	// of servers, by their English.
	Elsewhere map[string]string
}

// App are the sentences of the program as a whole.
type App struct {
	Name, Close, Copy, Cancel, On, Off               string
	Theme, ThemeSystem, ThemeLight, ThemeDark        string
	QuitRunning, QuitRunningText, QuitAnyway, NoDrop string
	WindowTitle, FileTitle, NotOpened                string
	MoreLines, MoreCharacters, NoticeRows            Plural
}

// Rail are the sentences of the list of sources.
type Rail struct {
	Demo, Servers, Snapshots, Files, Add, Settings, Shortcuts, Empty, Connecting, OpenFailed string
	Fold, Unfold, NoRoom                                                                     string
}

// Welcome are the sentences of the first start.
type Welcome struct {
	Title, Subtitle, Drop, Recent, RecentGone     string
	ServerTitle, ServerText, ServerButton         string
	SnapshotTitle, SnapshotText, SnapshotButton   string
	TakeTitle, TakeText, TakeButton               string
	DemoTitle, DemoText, DemoButton, DemoProgress string
}

// Page are the sentences of the frame around a source.
type Page struct {
	Export, History, Files, Schedule, Settings                          string
	OpenFolder, CheckNow, NewestChange, Build, Checked                  string
	Loading, NotSnapshot, Retry, Remove                                 string
	About, Zone, Holds, Users, Spaces, Pages, Comments, Events, Counted string
}

// Status are the sentences of the status card.
type Status struct {
	NotStarted, Started, Completed, Cancelling, Cancelled, Failed, Unreachable, NotAuthorised, Unknown string
	WithForced, Interrupted                                                                            string
	Never, Job, ThisComputer, StartedAt, Ended, LastKnown, Connecting                                  string
	FromDate, Forced, Entities, Rows, Duration, Output, Yes, No, LastSuccess                           string
	LastSuccessValue, Checking, Finishing, Exporting, Left, Percent, Waiting, RowsOf                   string
	Rate, Total, Retrying, FromServer                                                                  string
	Idle, FreeDisk                                                                                     string
	Usual, UsualEnds, UsualSoon, UsualOver                                                             string
}

// Advice are causes and what to do about them.
type Advice struct {
	Insecure, InsecureTitle                                                                               string
	Validation, ValidationLocal, ValidationForced, LowSpace, Interrupted, Shutdown                        string
	RunningUnnamed, CancelJob, ToldTitle, Told                                                            string
	OwnerUnknown, HomeOpen                                                                                string
	Failed, Internal, Warning, Error, CancelledElsewhere, Running, RunningTitle                           string
	Stuck, StuckTitle, CancelLong, CancelLongTitle, NotAuthorised, NotAuthorisedTitle                     string
	ActionFailed, UnknownStatus, UnknownStatusTitle, UnreachableTitle, DoubtTitle, Doubt                  string
	RunsOn, RunsSince, Force, Release, HowToReindex, ReindexText, CopyDetails, Retry, Watch, OpenSettings string
	CancelTitle, CancelRan, CancelUnknown, CancelLost, CancelLostLocal, CancelNow                         string
	OddAnswer                                                                                             string
	ForceConfirmTitle, ForceConfirmText, ReleaseConfirmTitle, ReleaseConfirmText                          string
	MoreWarnings, Said                                                                                    Plural
}

// NewExport are the sentences of the card that starts an export.
type NewExport struct {
	Months, ShortMonths                                                      string // the names of the months, with spaces between
	Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday           string
	Title, Days365, Days90, Days30, Days7, SinceLast, Everything             string
	Date, Time, Zone, Force, ForceHint, Cancel, Start, CopyCommand, CopyCurl string
	BadDate, BadTime, BadZone, Future, Gap, Starting, CancelRunning          string
	NoCommand, ReachGuessed                                                  string
	CountsToday, CountsNewest, CountsLast, CountsEverything, CountsCustom    string
	ZonePlaceholder, DatePlaceholder, TimePlaceholder                        string
}

// Month is a month with its year, as the head of a calendar says it.
func (n NewExport) Month(t time.Time) string {
	names := strings.Fields(n.Months)
	if len(names) != 12 {
		return t.Format("2006-01")
	}
	return fmt.Sprintf(T.Format.MonthOf, names[t.Month()-1], t.Year())
}

// ShortMonth is the short name of a month.
func (n NewExport) ShortMonth(t time.Time) string {
	names := strings.Fields(n.ShortMonths)
	if len(names) != 12 {
		return t.Format("01")
	}
	return names[t.Month()-1]
}

// Weekday is the short name of a day.
func (n NewExport) Weekday(t time.Time) string { return n.Weekdays()[(t.Weekday()+6)%7] }

// Weekdays are the short names of the days, from Monday on.
func (n NewExport) Weekdays() [7]string {
	return [7]string{n.Monday, n.Tuesday, n.Wednesday, n.Thursday, n.Friday, n.Saturday, n.Sunday}
}

// History are the sentences of the list of jobs.
type History struct {
	StartedBy, ByPerson, ByREST, BySchedule                                                  string
	Chart, Took, Duration, Rows, Job, Status, Started, FromDate, Written, Files              string
	Empty, EmptyText, Details, DetailsTitle, NoHistory, EndNotSeen, Entities, Resume         string
	NoFiles, NoFilesTip                                                                      string
	SaveCSV, SavedIn, Size                                                                   string
	Fetch, FetchLast, FetchStop, FetchBegins, FetchReads, FetchChecks, FetchStopped, Fetched string
	Caption                                                                                  Plural
}

// Files are the sentences of the files tab.
type Files struct {
	None, NoneText, Partial, Growing, Missing, Open, OtherCSV, Job, Folder, FolderHint string
	FetchTitle, FetchText, Fetch                                                       string
	CSV, Parquet                                                                       string // formats
	Changed, Gone, OpenNamed, NotFetched                                               string
	Address, AddressTitle, AddressText, AddressExample, OpenIt, NoAddress              string // of a table on a web server

	Verify, ChecksumsTitle, NoManifest, StopVerify, VerifyProgress              string
	Verified, Verifying                                                         string
	StateVerified, StateDiffers, StateMissing, StateUnreadable, StateNoChecksum string
	StateNotVerified, MissingText, UnreadableText, SizeText, SumText, PosesText string
	ColumnFile, ColumnRows, ColumnSize, ColumnSum, ColumnState                  string
	Count, Differ, AllVerified, SomeVerified, VerifyStopped                     Plural
}

// Leftover is what exports that ended early have left.
type Leftover struct {
	ResumeTitle, Resume, ResumeText, ResumeNothing, PartOf string
	ResumedFrom, ResumedAs, EndUnknown                     string
	Incomplete, NotResumable                               string
	Clean, CleanTitle, CleanText, CleanNoResume            string
}

// Setup are the sentences of the settings of a source.
type Setup struct {
	Reading, Writing, Place                                                  string
	TimeZone, TimeZoneHint, BaseURL, BaseURLHint, FullContent, FullHint      string
	Rules, RulesText, Format, FormatHint, CSV, Parquet, CSVAndParquet        string
	BOM, BOMHint                                                             string
	LineBreaks, LineBreaksHint, Escape, EscapeHint, FreeSpace, FreeSpaceHint string
	Home, HomeHint, Name, Save, Saved, Revert, Remove, RemoveText, RemoveNow string
	OtherHome, HomeBusy, HomesHint                                           string
	Unsaved, UnsavedText, Discard, Stay, QuitUnsaved                         string
	BadZone, BadURL, SecretURL, BadSpace, BadShare, Running, GuessedZone     string
	CPUShare, CPUShareHint, NoLimit, Wrong                                   string
	UsersUnknown                                                             string
	IdleSchedules, IdleDeliveries                                            Plural
}

// Path are the sentences about where a server exports to.
type Path struct {
	Title, Path, Hint, Placeholder, Change, Reset, Reading, Sending, Changed, ChangedToDefault string
}

// Server are the sentences about servers.
type Server struct {
	AddTitle, Name, URL, URLHint, Token, TokenHint, PasswordHint, TokenKept, TokenAsk, User, Password string
	AuthToken, AuthPassword, Auth, CAFile, Insecure, InsecureHint, Folder, FolderHint                 string
	Test, Testing, Save, Add, Reachable, Authorised, Feature, Last, NoExport                          string
	TestOK, Choose, Keyring, NoKeyring, InsecureMark, Yes, No, NotChecked                             string
	TokenFile, TokenFileHint, TokenCommand, TokenCommandHint, TwoTokens, BadTokenFile                 string
	Tags, TagsHint, TokenElsewhere                                                                    string
	Cert, CertHint, Key, KeyHint, Headers, HeadersHint, BadCert, BadHeaders                           string
	Wrong, NeedToken, NeedPassword, BadFolder, BadCAFile, EmptyCAFile                                 string
	NamePlaceholder, NoServers                                                                        string
	Proxy, ProxyHint, SSHKey, SSHKeyHint, KnownHosts, KnownHostsHint                                  string
	NeedUser, Section, More, CAHint, NeedsSecret, UseSecret, TookTime, RemoveText, Product            string
}

// Take are the sentences about snapshots that Sluice takes itself.
type Take struct {
	AddTitle, EditTitle, Caption, EditCaption, ByFile, ByAddress, Section string
	File, FileHint, Address, AddressHint, User, UserHint                  string
	Password, PasswordHint, PasswordKept, PasswordAsk, PasswordKnown      string
	Moved, Save                                                           string
	More, Less, Name, NameHint, Schema, SchemaHint                        string
	Rate, RateHint, Load, LoadHint, BadRate, BadLoad                      string
	SSH, SSHHint, SSHKey, SSHKeyHint, KnownHosts, KnownHostsHint, NeedSSH string
	PasswordTitle, PasswordAsked, PassphraseTitle, PassphraseAsked, Go    string
	Check, Checking, CopyGrants, GrantsText, Rights, RightsMissing        string
	RightsThere, Reads, Time, Missing                                     string
	Tables, TablesAtLeast                                                 Plural
	MissingUnseen, MissingRequired, PartialWord, Note                     string
	Start, Looking, Wrong, KindAndSize                                    string
	NeedFile, NeedAddress, NoAddress, SecretLeft                          string
	NeedUser, TwoUsers, NoTakes                                           string
	// What errors name by flags of the command line, in words of the form.
	InField, InPassword, InKeyring, InAsked, InAddress, InRates, InRatesGone, InAllowed, InAnew string
	// InFile is what the sentence about a key that is encrypted says of a file with its
	// passphrase, and InAgent what is said where there is no field for one.
	InFile, InAgent string

	WritingKeys, Cancelling, Cancelled, Failed, Opening, Reading, Finishing, Done string // words of its state
	Table, Rows, Read, ReadOf, Transaction, Waiting, RateOf                       string
	Cancel, CancelHint, CancelHintAgain                                           string
	FailedTitle, DeniedTitle, CancelledTitle, CancelledText, StaysText            string
	Retry, Edit, EnterPassword, Back                                              string
	CancelTitle, CancelRan, CancelNow                                             string
	QuitTitle, QuitText, QuitNow, ExportWaits, ExportRuns, Busy                   string
	NoticeDone, NoticeFailed                                                      string

	Origin, Kind, Place, Tool, When, Zone, TableRows, TakeAgain, TakenAgo string
	PartialTitle, DoubtTitle                                              string
}

// Keys are the sentences of the page of shortcuts.
type Keys struct {
	OpenCSV, Title, Start, Cancel, Refresh, Tabs, Open, Add, Leave, Shortcuts, Quit, Move string
	TakeAgain, AllSources, MoveSource, OpenAddress, List                                  string
	Window, Preview, Table, Calendar, Controls                                            string // titles

	Regions, Scroll, Press, NextTab, NextSource, SourceMenu, Menu, OpenChoice, SelectOpen, SelectNext, DropCondition string
	Days, Months, Years, FirstDay, LastDay, TakeDay                                                                  string
	ListStep, ListPage, ListEnds, ListTake, ListMenu                                                                 string
	Cells, Pages, Columns, Rows, ShowCell, CellMenu, Widths, CopyCell                                                string
	NextHit, Switch, FoldPanel, Reread, Close, TextStep                                                              string
	Range                                                                                                            string
	FilterText                                                                                                       string
	Find, GoToRow, AddCondition, ColumnList, CopyRow, ProfileColumn, SaveView, ReadAs                                string
	SortColumn, SortFurther, GroupColumn                                                                             string
	Enter, Escape, PageUp, PageDown, Backspace, Arrows, Ctrl, Shift, Alt                                             string // names of keys
	Up, Down, Left, Right, Home, End, Space, Delete                                                                  string
}

// Format are the words in durations and ages.
type Format struct {
	Seconds, SecondsShort, Minutes, MinutesOnly, Hours, HoursOnly, Days, DaysOnly string
	Years, YearsOnly                                                              string
	MonthsAge, YearsAge                                                           Plural
	Language, Plurals                                                             string // its tag; the forms that a Plural has in it, in their order
	LanguageName                                                                  string // in the language itself
	FirstWeekday                                                                  string // of a week: 1 is Monday, 7 Sunday
	FullStop, MonthOf                                                             string // at the end of a sentence; a month with its year
	Thousands, Point                                                              string // between the thousands of a number, and before its fraction
	JustNow, LessAgo, Ago, Dash                                                   string
}

// WeekStart is the day with which weeks begin in calendars.
func (f Format) WeekStart() time.Weekday {
	if len(f.FirstWeekday) != 1 || f.FirstWeekday[0] < '1' || f.FirstWeekday[0] > '7' {
		return time.Monday
	}
	return time.Weekday((f.FirstWeekday[0] - '0') % 7)
}

//go:embed translations/*.json
var translations embed.FS

// UseLanguage puts the translation for a language in force, "de" or "pt-BR". It
// falls back on the language without its region, and on English; used is the
// language that is in force then.
func UseLanguage(tag string) (used string, err error) {
	language, _, _ := strings.Cut(tag, "-")
	for _, name := range []string{tag, language} {
		if name == EnglishTag { // its file is for translators, and says what stands here
			break
		}
		b, err := translations.ReadFile("translations/" + name + ".json")
		if errors.Is(err, fs.ErrNotExist) || name == "" {
			continue
		}
		if err != nil {
			return EnglishTag, fmt.Errorf("read translation: %w", err)
		}
		return name, Use(b)
	}
	T = English()
	return EnglishTag, nil
}

// Use lays a translation over the English and puts it in force.
func Use(translation []byte) error {
	t := English()
	if err := json.Unmarshal(translation, &t); err != nil {
		return fmt.Errorf("read translation: %w", err)
	}
	T = t
	return nil
}
