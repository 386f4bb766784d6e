package confluence

import (
	"slices"

	"sluice/rules"
	"sluice/wording"
)

// rule is a rule of the table, and how it is set.
type rule struct {
	rules.Rule
	set func(o *Options, value string, place int) // place is that among the values of a choice
}

// What the vendor's documentation says of the rules, where it says something.
const (
	silent       = "The documentation is silent."
	schemaPages  = "Data pipeline export schema, pages: "
	schemaSpaces = "Data pipeline export schema, spaces: "
	schemaEvents = "Data pipeline export schema, analytics events: "
	pipelineText = "Data pipeline, data selection: "
	fileFormat   = "Data pipeline export schema, file format: "
)

// ruleTable are the rules in the order in which they are shown: what is exported,
// then how it is written.
var ruleTable = slices.Concat(selectionRules, writingRules)

var selectionRules = []rule{
	{rules.Rule{Name: "include-archived", Field: "ArchivedContent", Label: "Archived content", Aliases: []string{"archived"}, Judging: true,
		Meaning:       "Archived content is exported too, with its status in page_status; otherwise it is counted in a warning.",
		Documentation: schemaPages + "the only value of page_status is current."},
		toggle(func(o *Options) *bool { return &o.ArchivedContent })},
	{rules.Rule{Name: "statusless-content", Field: "StatuslessContent", Label: "Content without a status", Aliases: []string{"statusless"}, Judging: true,
		Meaning:       "Rows whose content_status is NULL are exported too, as current; otherwise they are counted in a warning.",
		Documentation: silent},
		toggle(func(o *Options) *bool { return &o.StatuslessContent })},
	{rules.Rule{Name: "skip-bad-rows", Field: "SkipBadRows", Label: "Leave out bad rows",
		Meaning:       "Rows with a value that cannot be exported go to a file of rejected rows; otherwise the export fails at the first.",
		Documentation: silent},
		toggle(func(o *Options) *bool { return &o.SkipBadRows })},
	{rules.Rule{Name: "ignore-opt-outs", Field: "IgnoreOptOuts", Label: "Excluded spaces",
		Meaning:       "Spaces that are excluded from exports in the product are exported all the same.",
		Documentation: "REST API of the data pipeline, configuration: spaces that are opted out are left out."},
		toggle(func(o *Options) *bool { return &o.IgnoreOptOuts })},
	{rules.Rule{Name: "limit-spaces", Field: "LimitSpaces", Label: "Changed spaces only",
		Meaning:       "The from date applies to spaces too; otherwise all spaces are written.",
		Documentation: pipelineText + "whether the from date applies to spaces is not said."},
		toggle(func(o *Options) *bool { return &o.LimitSpaces })},
	{rules.Rule{Name: "users-of-directories-only", Field: "UsersOfDirectoriesOnly", Label: "Users of directories only",
		Meaning:       "Users who are in no directory any more, removed or anonymised, are left out; otherwise they are written without name and e-mail address.",
		Documentation: silent},
		toggle(func(o *Options) *bool { return &o.UsersOfDirectoriesOnly })},
	{rules.Rule{Name: "all-labels", Field: "AllLabels", Label: "All labels",
		Meaning:       "Personal labels and space categories are written too; otherwise only the labels that everybody sees are.",
		Documentation: schemaPages + "which labels are listed is not said."},
		toggle(func(o *Options) *bool { return &o.AllLabels })},
	{rules.Rule{Name: "all-events", Field: "AllEvents", Label: "All events",
		Meaning:       "Events of all names are written; otherwise only those whose names are documented.",
		Documentation: schemaEvents + "nine names of events are listed with the word “include”."},
		toggle(func(o *Options) *bool { return &o.AllEvents })},
	{rules.Rule{Name: "from-inclusive", Field: "FromInclusive", Label: "From date inclusive",
		Meaning:       "What changed exactly at the from date is exported too; otherwise only what changed after it.",
		Documentation: pipelineText + "whether the from date itself belongs to it is not said."},
		toggle(func(o *Options) *bool { return &o.FromInclusive })},
	{rules.Rule{Name: "attachment-comments", Field: "AttachmentComments", Label: "Comments on attachments", Kind: rules.Choice,
		Values: []rules.Value{AttachmentPage: {Name: "page", Meaning: "with the page that the attachment is on"},
			AttachmentID:   {Name: "attachment", Meaning: "with the attachment"},
			AttachmentSkip: {Name: "skip", Meaning: "left out"}},
		Meaning:       "What page_id a comment on an attachment has, or whether it is left out.",
		Documentation: "Data pipeline export schema, comments: page_id is the page that contains the comment; attachments are not mentioned."},
		choice(func(o *Options, place int) { o.AttachmentComments = AttachmentForm(place) })},
}

var writingRules = []rule{
	{rules.Rule{Name: "keep-nul", Field: "KeepNUL", Label: "Keep U+0000",
		Meaning:       "The character U+0000 is written as it is; otherwise as U+FFFD, because PostgreSQL and others refuse a whole file for it.",
		Documentation: silent},
		toggle(func(o *Options) *bool { return &o.KeepNUL })},
	{rules.Rule{Name: "labels", Field: "Labels", Label: "Form of labels", Kind: rules.Choice,
		Values:        []rules.Value{LabelsJSON: {Name: "json", Meaning: `["a", "b"]`}, LabelsCommas: {Name: "commas", Meaning: "a,b"}},
		Meaning:       "How the cell of labels is written.",
		Documentation: schemaPages + "labels are called comma-separated and printed as [\"personal\", \"expense\"]."},
		choice(func(o *Options, place int) { o.Labels = LabelForm(place) })},
	{rules.Rule{Name: "page-urls", Field: "PageURLs", Label: "Form of page addresses", Kind: rules.Choice,
		Values: []rules.Value{URLDisplay: {Name: "display", Meaning: "/display/KEY/Title"},
			URLByID:   {Name: "id", Meaning: "/pages/viewpage.action?pageId=1"},
			URLSpaces: {Name: "spaces", Meaning: "/spaces/KEY/pages/1/Title"}},
		Meaning:       "How page_url is written; the display form is by id where a title does not suit an address.",
		Documentation: schemaPages + "the example of page_url has the form /display/KEY/Title; the form of newer versions is not said."},
		choice(func(o *Options, place int) { o.PageURLs = URLForm(place) })},
	{rules.Rule{Name: "blog-post-type", Field: "BlogPostType", Label: "Type of blog posts", Kind: rules.Text, Default: blogPostType,
		Meaning:       "What page_type is of a blog post.",
		Documentation: schemaPages + "page_type is page or blog post; the value is not printed."},
		texted(func(o *Options) *string { return &o.BlogPostType })},
	{rules.Rule{Name: "space-status-as-stored", Field: "SpaceStatusAsStored", Label: "Space status as stored",
		Meaning:       "space_status is written as CURRENT or ARCHIVED, as it is stored; otherwise in lower case.",
		Documentation: schemaSpaces + "space_status is current or archived; the case of the value is not said."},
		toggle(func(o *Options) *bool { return &o.SpaceStatusAsStored })},
	{rules.Rule{Name: "milliseconds", Field: "Milliseconds", Label: "Milliseconds in times",
		Meaning:       "Times are written with milliseconds; otherwise in whole seconds.",
		Documentation: fileFormat + "all examples of times have whole seconds."},
		toggle(func(o *Options) *bool { return &o.Milliseconds })},
	{rules.Rule{Name: "event-container-as-stored", Field: "EventContainerAsStored", Label: "Event container as stored",
		Meaning:       "The container of an event is written as it is stored; otherwise 0 and nothing are replaced by the page that the event belongs to.",
		Documentation: schemaEvents + "event_container_id is the page; what a stored 0 becomes is not said."},
		toggle(func(o *Options) *bool { return &o.EventContainerAsStored })},
	{rules.Rule{Name: "cut-at-code-points", Field: "CutAtCodePoints", Label: "Count code points",
		Meaning:       "The limits of bodies count Unicode code points; otherwise UTF-16 units.",
		Documentation: schemaPages + "page_content ends at 10,000 characters; the unit is not said."},
		toggle(func(o *Options) *bool { return &o.CutAtCodePoints })},
	{rules.Rule{Name: "cut-marker", Field: "CutMarker", Label: "Mark of cut bodies", Kind: rules.Text,
		Meaning:       "What is appended to a body that was cut; nothing by default.",
		Documentation: schemaPages + "whether a cut body is marked is not said."},
		texted(func(o *Options) *string { return &o.CutMarker })},
}

// Rules are the choices that the documentation leaves open.
func Rules() rules.Table {
	table := make(rules.Table, len(ruleTable))
	for i, r := range ruleTable {
		table[i] = r.Rule
	}
	return table
}

// choose sets the rules that are not at their default.
func (o *Options) choose(chosen rules.Chosen) error {
	normal, err := Rules().Normal(chosen)
	if err != nil {
		return wording.Errorf("rules of the export: %w", err)
	}
	for _, r := range ruleTable {
		if value, given := normal[r.Name]; given {
			r.set(o, value, r.Place(value))
		}
	}
	return nil
}

// toggle sets a rule that is on or off.
func toggle(field func(*Options) *bool) func(*Options, string, int) {
	return func(o *Options, value string, _ int) { *field(o) = value == rules.On }
}

// texted sets a rule that is a text.
func texted(field func(*Options) *string) func(*Options, string, int) {
	return func(o *Options, value string, _ int) { *field(o) = value }
}

// choice sets a rule whose values have the places that its type has.
func choice(set func(o *Options, place int)) func(*Options, string, int) {
	return func(o *Options, _ string, place int) { set(o, place) }
}
