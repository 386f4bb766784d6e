package xmlbackup

// class says which row of the database an object of a backup is.
//
// A backup holds the objects of Confluence's object mapping, under the names of
// its classes and properties; the columns are those of the database. Source:
// public backups, and the documented data model of the database.
type class struct {
	name  string
	table *tableOf
	// kind is what the column contenttype holds; "" for other tables.
	kind string
	// properties are the columns by the names of properties.
	properties map[string]column
}

// tableOf is a table of the database, with the columns that objects fill.
type tableOf struct {
	name    string
	columns []string
}

// column is where a property goes.
type column struct {
	at int
	// instead marks the property that older releases have in place of another;
	// it counts if that one is missing.
	instead bool
	// user marks the name of a user in place of the key.
	user bool
	// exact marks a value in which white space counts.
	exact bool
}

// Columns of content.
const (
	contentID = iota
	contentType
	title
	version
	creator
	creationDate
	lastModifier
	lastModDate
	versionComment
	prevVer
	contentStatus
	pageID
	spaceID
	parentID
	parentCommentID
)

var (
	contentTable = &tableOf{"content", []string{"contentid", "contenttype", "title", "version", "creator", "creationdate", "lastmodifier",
		"lastmoddate", "versioncomment", "prevver", "content_status", "pageid", "spaceid", "parentid", "parentcommentid"}}
	bodyTable     = &tableOf{"bodycontent", []string{"bodycontentid", "body", "contentid", "bodytypeid"}}
	spaceTable    = &tableOf{"spaces", []string{"spaceid", "spacekey", "spacename", "spacetype", "spacestatus", "creator", "lastmodifier", "creationdate", "lastmoddate", "homepage"}}
	mappingTable  = &tableOf{"user_mapping", []string{"user_key", "username", "lower_username"}}
	labelTable    = &tableOf{"label", []string{"labelid", "name", "namespace"}}
	linkTable     = &tableOf{"content_label", []string{"id", "labelid", "contentid", "labelableid", "labelabletype"}}
	permSetTable  = &tableOf{"content_perm_set", []string{"id", "cont_perm_type", "content_id"}}
	permTable     = &tableOf{"content_perm", []string{"id", "cps_id"}}
	userTable     = &tableOf{"cwd_user", []string{"id", "directory_id", "user_name", "lower_user_name", "display_name", "email_address"}}
	dirTable      = &tableOf{"cwd_directory", []string{"id", "active"}}
	mappedTable   = &tableOf{"cwd_app_dir_mapping", []string{"id", "directory_id", "list_index"}}
	settingsTable = &tableOf{"bandana", []string{"bandanaid", "bandanacontext", "bandanakey", "bandanavalue"}}
	versionTable  = &tableOf{"confversion", []string{"confversionid", "buildnumber"}}
)

// carried are the tables that every backup carries, with or without rows.
var carried = []*tableOf{contentTable, bodyTable, spaceTable, mappingTable, labelTable, linkTable, permSetTable, permTable}

// content makes the class of a kind of content. The container of a comment or
// of an attachment and the parent have the columns of their own.
func content(kind string, more map[string]column) *class {
	p := map[string]column{
		"id": {at: contentID}, "title": {at: title}, "version": {at: version},
		"creator": {at: creator}, "creatorName": {at: creator, instead: true, user: true}, "creationDate": {at: creationDate},
		"lastModifier": {at: lastModifier}, "lastModifierName": {at: lastModifier, instead: true, user: true}, "lastModificationDate": {at: lastModDate},
		"versionComment": {at: versionComment}, "originalVersion": {at: prevVer}, "originalVersionId": {at: prevVer, instead: true}, "contentStatus": {at: contentStatus},
		"space": {at: spaceID}, "containerContent": {at: pageID},
	}
	for name, c := range more {
		p[name] = c
	}
	return &class{table: contentTable, kind: kind, properties: p}
}

// inOrder makes a class whose properties go to the columns one by one.
func inOrder(t *tableOf, properties ...string) *class {
	p := map[string]column{}
	for i, name := range properties {
		p[name] = column{at: i}
	}
	return &class{table: t, properties: p}
}

// Classes that need a word of their own.
const (
	userClass        = "ConfluenceUserImpl"
	applicationClass = "ApplicationImpl"
	mappingClass     = "DirectoryMapping"
	mappingsProperty = "directoryMappings"
)

// classes are the classes of which objects are read, by their names.
var classes = map[string]*class{
	"Page":     content("PAGE", map[string]column{"parent": {at: parentID}}),
	"BlogPost": content("BLOGPOST", nil),
	"Comment": content("COMMENT", map[string]column{"parent": {at: parentCommentID},
		"owner": {at: pageID, instead: true}, "page": {at: pageID, instead: true}, "content": {at: pageID, instead: true}}),
	"Attachment":                content("ATTACHMENT", map[string]column{"content": {at: pageID, instead: true}}),
	"SpaceDescription":          content("SPACEDESCRIPTION", nil),
	"GlobalDescription":         content("GLOBALDESCRIPTION", nil),
	"PersonalInformation":       content("USERINFO", nil),
	"UserStatus":                content("STATUS", nil),
	"Draft":                     content("DRAFT", nil),
	"CustomContentEntityObject": content("CUSTOM", nil),
	"BodyContent":               inOrder(bodyTable, "id", "body", "content", "bodyType").exact("body"),
	"Space": inOrder(spaceTable, "id", "key", "name", "spaceType", "spaceStatus", "creator", "lastModifier", "creationDate",
		"lastModificationDate", "homePage").userName("creatorName", "creator").userName("lastModifierName", "lastModifier"),
	userClass:                 inOrder(mappingTable, "key", "name", "lowerName"),
	"InternalUser":            inOrder(userTable, "id", "directory", "name", "lowerName", "displayName", "emailAddress"),
	"DirectoryImpl":           inOrder(dirTable, "id", "active"),
	"Label":                   inOrder(labelTable, "id", "name", "namespace"),
	"Labelling":               inOrder(linkTable, "id", "label", "content", "labelableId", "labelableType"),
	"ContentPermissionSet":    inOrder(permSetTable, "id", "type", "owningContent"),
	"ContentPermission":       inOrder(permTable, "id", "owningSet"),
	"ConfluenceBandanaRecord": inOrder(settingsTable, "id", "context", "key", "value"),
	mappingClass:              inOrder(mappedTable, "id", "directory"),
	applicationClass:          inOrder(mappedTable, "id"),
}

// userName gives a property the one that older releases have in its place.
func (c *class) userName(old, property string) *class {
	c.properties[old] = column{at: c.properties[property].at, instead: true, user: true}
	return c
}

func (c *class) exact(property string) *class {
	to := c.properties[property]
	to.exact = true
	c.properties[property] = to
	return c
}

func init() {
	for name, c := range classes {
		c.name = name
	}
}
