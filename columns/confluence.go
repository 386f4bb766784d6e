package columns

// Confluence are the files of Confluence's data pipeline, in the order in which
// they are documented and written (spec/csv-schema-confluence.md §4,
// spec/confluence-export-queries.md §3 to §8). Nobody changes them.
var Confluence = []File{confluenceUsers, confluenceSpaces, confluencePages, confluenceComments, confluenceEvents}

// instanceURL is the same in every record.
var instanceURL = Column{Name: "instance_url", Type: TypeText, Holds: HoldsInstance,
	From: []string{"plugin_setting.setting_value", "bandana.bandanavalue"}, Meaning: "base URL of the instance"}

// person is a column with the key of a user.
func person(name, from, meaning string) Column {
	return Column{Name: name, Type: TypeText, Nullable: true, Holds: HoldsUserID, From: []string{from}, Meaning: meaning}
}

// moment is a column with a time.
func moment(name, from, meaning string) Column {
	return Column{Name: name, Type: TypeTime, Nullable: true, From: []string{from}, Meaning: meaning}
}

var confluenceUsers = File{Name: "users", Columns: []Column{
	instanceURL,
	{Name: "user_id", Type: TypeText, Key: true, Holds: HoldsUserID, From: []string{"user_mapping.user_key"},
		Meaning: "id of the user, by which other files name them"},
	{Name: "user_name", Type: TypeText, Nullable: true, Holds: HoldsUserName, From: []string{"cwd_user.user_name", "user_mapping.username"},
		Meaning: "name to log in with"},
	{Name: "user_fullname", Type: TypeText, Nullable: true, Holds: HoldsFullName, From: []string{"cwd_user.display_name"}, Meaning: "full name"},
	{Name: "user_email", Type: TypeText, Nullable: true, Holds: HoldsEmail, From: []string{"cwd_user.email_address"}, Meaning: "e-mail address"},
}}

var confluenceSpaces = File{Name: "spaces", Columns: []Column{
	{Name: "space_key", Type: TypeText, Key: true, Holds: HoldsSpaceKey, From: []string{"spaces.spacekey"},
		Meaning: "key of the space, a part of its addresses"},
	instanceURL,
	{Name: "space_url", Type: TypeText, Holds: HoldsAddress, From: []string{"spaces.spacekey"}, Meaning: "address of the space"},
	{Name: "homepage_url", Type: TypeText, Nullable: true, Holds: HoldsAddress, From: []string{"spaces.homepage", "content.title"},
		Meaning: "address of the home page"},
	{Name: "space_name", Type: TypeText, Nullable: true, Holds: HoldsSpaceName, From: []string{"spaces.spacename"}, Meaning: "name of the space"},
	{Name: "space_type", Type: TypeText, Nullable: true, From: []string{"spaces.spacetype"}, Meaning: "global or personal"},
	{Name: "space_status", Type: TypeText, Nullable: true, From: []string{"spaces.spacestatus"}, Meaning: "current or archived"},
	person("creator_id", "spaces.creator", "who created the space"),
	person("last_modifier_id", "spaces.lastmodifier", "who changed it last"),
	moment("created_date", "spaces.creationdate", "when it was created"),
	moment("updated_date", "spaces.lastmoddate", "when it was changed last"),
}}

var confluencePages = File{Name: "pages", Columns: []Column{
	{Name: "page_id", Type: TypeID, Key: true, Holds: HoldsContentID, From: []string{"content.contentid"}, Meaning: "id of the page or blog post"},
	instanceURL,
	{Name: "space_key", Type: TypeText, Holds: HoldsSpaceKey, From: []string{"spaces.spacekey"}, Meaning: "key of the space that it is in"},
	{Name: "page_url", Type: TypeText, Holds: HoldsAddress, From: []string{"spaces.spacekey", "content.title"}, Meaning: "its address"},
	{Name: "page_type", Type: TypeText, From: []string{"content.contenttype"}, Meaning: "page or blog post"},
	{Name: "page_title", Type: TypeText, Nullable: true, Holds: HoldsTitle, From: []string{"content.title"}, Meaning: "title"},
	{Name: "page_status", Type: TypeText, From: []string{"content.content_status"}, Meaning: "current; whether the space is archived is a matter of space_status"},
	{Name: "page_content", Type: TypeText, Nullable: true, Limit: 10_000, Holds: HoldsBody, From: []string{"bodycontent.body"},
		Meaning: "body in storage format"},
	{Name: "page_parent_id", Type: TypeID, Nullable: true, Holds: HoldsContentID, From: []string{"content.parentid"}, Meaning: "id of the page above it"},
	{Name: "labels", Type: TypeList, Holds: HoldsLabel, From: []string{"label.name"}, Meaning: "names of its labels"},
	{Name: "page_version", Type: TypeNumber, Nullable: true, From: []string{"content.version"}, Meaning: "number of its latest version"},
	person("creator_id", "content.creator", "who created it; none for a visitor"),
	person("last_modifier_id", "content.lastmodifier", "who changed it last"),
	moment("created_date", "content.creationdate", "when it was created"),
	moment("updated_date", "content.lastmoddate", "when it was changed last"),
	{Name: "last_update_description", Type: TypeText, Nullable: true, Holds: HoldsDescription, From: []string{"content.versioncomment"},
		Meaning: "what was said of the last change"},
}}

var confluenceComments = File{Name: "comments", Columns: []Column{
	{Name: "comment_id", Type: TypeID, Key: true, Holds: HoldsContentID, From: []string{"content.contentid"}, Meaning: "id of the comment"},
	instanceURL,
	{Name: "comment_url", Type: TypeText, Holds: HoldsAddress, From: []string{"spaces.spacekey", "content.title", "content.contentid"}, Meaning: "its address"},
	{Name: "page_id", Type: TypeID, Holds: HoldsContentID, From: []string{"content.pageid"}, Meaning: "id of the page or blog post that it is on"},
	{Name: "parent_comment_id", Type: TypeID, Nullable: true, Holds: HoldsContentID, From: []string{"content.parentcommentid"},
		Meaning: "id of the comment that it answers"},
	{Name: "comment_content", Type: TypeText, Nullable: true, Limit: 2_000, Holds: HoldsBody, From: []string{"bodycontent.body"},
		Meaning: "body in storage format"},
	person("creator_id", "content.creator", "who wrote it; none for a visitor"),
	person("last_modifier_id", "content.lastmodifier", "who changed it last"),
	moment("created_date", "content.creationdate", "when it was written"),
	moment("updated_date", "content.lastmoddate", "when it was changed last"),
}}

var confluenceEvents = File{Name: "analytics_events", Columns: []Column{
	instanceURL,
	{Name: "event_id", Type: TypeID, Key: true, Holds: HoldsEventID, From: []string{"AO_7B47A5_EVENT.ID"}, Meaning: "id of the event"},
	{Name: "event_name", Type: TypeText, Nullable: true, From: []string{"AO_7B47A5_EVENT.NAME"}, Meaning: "what happened, such as page_viewed"},
	{Name: "created_date", Type: TypeTime, From: []string{"AO_7B47A5_EVENT.EVENT_AT"}, Meaning: "when it happened"},
	person("event_author_id", "AO_7B47A5_EVENT.USER_KEY", "who did it; none for a visitor"),
	{Name: "event_space_key", Type: TypeText, Nullable: true, Holds: HoldsSpaceKey, From: []string{"AO_7B47A5_EVENT.SPACE_KEY"},
		Meaning: "key of the space where it happened"},
	{Name: "event_container_id", Type: TypeID, Nullable: true, Holds: HoldsContentID, From: []string{"AO_7B47A5_EVENT.CONTAINER_ID", "content.pageid"},
		Meaning: "id of the page that it belongs to"},
	{Name: "event_content_id", Type: TypeID, Nullable: true, Holds: HoldsContentID, From: []string{"AO_7B47A5_EVENT.CONTENT_ID"},
		Meaning: "id of the page, attachment or comment itself"},
}}
