package texts

// Preview are the sentences of the preview of a file.
type Preview struct {
	Pane    PreviewPane
	Noted   PreviewNoted
	Jump    PreviewJump
	Find    PreviewFind
	Filter  PreviewFilter
	Says    Conditions
	Columns PreviewColumns
	Sort    PreviewSort
	Cell    PreviewCell
	Profile PreviewProfile
	Save    PreviewSave
	Groups  PreviewGroups
	Read    PreviewRead
	Footer  PreviewFooter
	Age     Ages
}

// PreviewPane is what stands in place of rows, and what is said above them.
type PreviewPane struct {
	Drop, Opening, Reading, EmptyFile, HeaderOnly, NoMatch, LookingForRows string

	RowPlaceholder, Columns, CheckAll                   string
	TooWide, Changed, Reload, TryAgain, Dismiss, GoToIt string
	UnclosedQuote, UnclosedInHeader, Damaged            string
	RowsUnreadable                                      string
	Stopped                                             Plural
	Bytes                                               Plural
}

// PreviewNoted are the sentences around what was found about a file.
type PreviewNoted struct {
	Title, QuotesAsText string
	Button              Plural
}

// PreviewJump are the sentences about going to a row.
type PreviewJump struct{ NoRow, StayHere, ShowEnd, Going, NoEnd, NoNumber string }

// PreviewFind are the sentences of the search.
type PreviewFind struct {
	Placeholder, IgnoreCase, Expression, ThisColumn, Next, Previous    string
	Nothing, Looking, NoMoreBelow, NoMoreAbove, HiddenHit, ShowColumns string
	NoExpression                                                       string // what is wrong with it
	Found, SoFar                                                       Plural
}

// PreviewFilter are the sentences of the conditions and of the editor for one.
type PreviewFilter struct {
	Title, Add, Clear                                           string
	Matching, Stopped, SoFar                                    Plural
	Column, Text, From, To, FromTime, ToTime, Pattern           string
	IgnoreCase, Apply, Cancel, NoColumn, NoText                 string
	Is, IsNot, Contains, ContainsNot, Empty, NotEmpty           string // what there is to choose from
	NumberFromTo, TimeFromTo, MatchesPattern, MatchesPatternNot string
	OneOf, OneOfNot, Values                                     string
	AsText, AsTextTitle, AsTextPlaceholder, AsTextHint          string // the whole filter, to be typed
}

// Conditions are conditions in words, as on their chips: the column, then what it is
// compared with.
type Conditions struct {
	Column, Quoted, Is, IsNot, Contains, ContainsNot, Matches, MatchesNot string
	Empty, NotEmpty, Number, Time, FromTo, From, UpTo, OneOf, OneOfNot    string
}

// PreviewColumns are the sentences of the menu of a cell and of the list of columns.
type PreviewColumns struct {
	Freeze, Free, CopyCell, CopyRow, ShowRecord, OnlyWhere, FilterBy string
	ProfileIt, Hide, Fit, Find, Title, ShowAll, Frozen, Numbered     string
	ShowHidden                                                       Plural
	CopyRange                                                        Plural // cells
	CopyNamed, CopySafe, CopyMarkdown                                string
	RowHead                                                          string // above the numbers of rows
}

// PreviewSort are the sentences of sorting.
type PreviewSort struct {
	Up, Down, Ascending, As, AsText, AsBytes, AsNumber, AsTime              string
	FileOrder, Sorting, Cancel, Failed, Footer, Descending, Downwards, Then string
	NoNumbers, NoTimes                                                      Plural // with the column and the first row
}

// PreviewCell are the sentences of the cell in focus.
type PreviewCell struct {
	More, Cell, Record, Copy, Copied, CopiedPart, NotCopied            string
	Reading, Unreadable, CutAt, Empty, Part, Row, NoColumn             string
	Markup, JSON                                                       string
	Characters, Fields, FieldsOf, NoSuch                               Plural
	Chosen, CopiedCells, CopiedRows                                    Plural
	UnknownUser, KnownUser, KnownUserMore, KnownSpace, Weekday, Joined string
}

// PreviewProfile are the sentences of the description of a column.
type PreviewProfile struct {
	User, Space, Content, Number, Boolean, Time, Text, NoValue                string // what a column holds
	About, Distinct, Empty, Smallest, Largest, Mean, Median, Earliest, Latest string
	MeanLength, MostLength, None, All, Long, EmptyValue                       string
	Running, Cancel, Start, WholeFile, MatchingRows, MostFrequent             string
}

// PreviewSave are the sentences about saving what is shown.
type PreviewSave struct {
	Button, Safe, OnlyShown, Start, Cancel, SafeHint, Title, Begins, Cancelled string
	Progress, Saved, SavedDamaged                                              Plural
	AllText                                                                    string
	AsFile, QuoteAll, LineEnd, WithNames, Mark, Begin, OwnMeans                string // how CSV is written
	CSV, Excel, RFC, TSV, JSONL, Parquet, SQLite, Workbook, Markdown           string // forms
	CSVMeans, ExcelMeans, RFCMeans, TSVMeans, JSONLMeans, ParquetMeans         string
	SQLiteMeans, WorkbookMeans, MarkdownMeans                                  string
	WiderRows, NotUTF8, NotInXML, CutCells                                     Plural // with the first row
	Renamed                                                                    Plural // with names
	NotInEncoding, Parts                                                       Plural
}

// PreviewGroups are the sentences about groups of the rows shown, and about their chart.
type PreviewGroups struct {
	Button, Title, By, Asked, KeysExample, AskedExample, Start, Cancel, Back  string
	GroupBy, Running, Cancelled, ByRows, ByKeys, EmptyKey, TooLong            string
	Heading, ShowRows, SavePNG, SaveCSV, Saved, NoChart, RowsOf, BackToGroups string
	Bars, Named, Line, Lines, AtMost, Empty, FirstGroups                      string // the chart in words
	Found, MoreGroups, MoreLines, NoTime                                      Plural
}

// PreviewRead are the sentences of the panel that says how a file is read.
type PreviewRead struct {
	Button, Title, Guess, GuessAll, None, Close                          string
	Member, Follow, FollowNot, StandardInput, NotFetched                 string
	Come, ComeOf, Stop                                                   string
	Encoding, Delimiter, Quote, Escape, Header, HeaderRow, Skip, Comment string
	FirstRow, NoHeader, Doubled, Backslash, Line, Lines                  string
	Caret, Tilde, Colon, Space                                           string
	Now, DelimiterIs, QuoteIs, NoQuote, EscapedBy, HasHeader, HasNone    string // how it is read now
	SkippedIs                                                            Plural
	NoNumber, NoTable                                                    string
}

// PreviewFooter is what is known about what is shown, in pieces with dots between.
type PreviewFooter struct {
	Of, SoFar, Matching, Readable, NoneYet, NoRows, NoMatches, Row, Range string
	NotIndexed, Indexed, Damaged, NoHeader                                string
	ByteOrderMark, Guessed, StrayQuotes, UnclosedQuote                    string
	Comma, Semicolon, Tab, Pipe                                           string
	QuotingOff, SingleQuotes, Escapes, OddEnds                            string
	HeaderGuessed, BehindEnd, WebPage, JSONText, DoubledDelimiter         string
	MarkTwice, RepeatedHeader                                             Plural
	Unsure                                                                string
	Coming, Following, MemberTold, Spooled                                string
	MemberGuessed                                                         Plural
	Skipped, Comments                                                     Plural
	Rows, Tail, Ragged, Hidden, NULBytes, NotUTF8, Undecoded              Plural
}

// Ages say how long ago something was, or how far it lies ahead.
type Ages struct {
	LessAgo, LessAhead                                           string
	MinutesAgo, HoursAgo, DaysAgo, MonthsAgo, YearsAgo           Plural
	MinutesAhead, HoursAhead, DaysAhead, MonthsAhead, YearsAhead Plural
}
