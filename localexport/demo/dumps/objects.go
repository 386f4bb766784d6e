package dumps

// objectOf says how the rows of a table become objects of a backup: package
// xmlbackup reads them the other way round, and says where that is known from.
type objectOf struct {
	class, pkg string // "" if each row has its own, in the first column
	id         string
	query      string // of the id and the properties
	properties []property
}

// property is a property of an object.
type property struct {
	name       string
	class, pkg string // of what it refers to; "" for a value
	text       bool   // a CDATA section
}

// Names of packages and classes.
const (
	userClass        = "ConfluenceUserImpl"
	userPackage      = "com.atlassian.confluence.user"
	pagesPackage     = "com.atlassian.confluence.pages"
	spacesPackage    = "com.atlassian.confluence.spaces"
	corePackage      = "com.atlassian.confluence.core"
	labelsPackage    = "com.atlassian.confluence.labels"
	directoryPackage = "com.atlassian.crowd.model.directory"
)

// contents are the classes of content by contenttype.
var contents = map[string]struct{ class, pkg string }{
	"PAGE":              {"Page", pagesPackage},
	"BLOGPOST":          {"BlogPost", pagesPackage},
	"COMMENT":           {"Comment", pagesPackage},
	"ATTACHMENT":        {"Attachment", pagesPackage},
	"DRAFT":             {"Draft", pagesPackage},
	"SPACEDESCRIPTION":  {"SpaceDescription", spacesPackage},
	"GLOBALDESCRIPTION": {"GlobalDescription", "com.atlassian.confluence.setup.settings"},
	"USERINFO":          {"PersonalInformation", userPackage},
	"STATUS":            {"UserStatus", "com.atlassian.confluence.userstatus"},
	"CUSTOM":            {"CustomContentEntityObject", "com.atlassian.confluence.content"},
}

func value(name string) property { return property{name: name} }
func words(name string) property { return property{name: name, text: true} }
func refers(name, class, pkg string) property {
	return property{name: name, class: class, pkg: pkg}
}
func user(name string) property { return refers(name, userClass, userPackage) }

// objects are the objects of a backup, in its order, but the applications.
var objects = []objectOf{
	{userClass, userPackage, "key", "SELECT user_key, username, lower_username FROM user_mapping ORDER BY rowid",
		[]property{words("name"), words("lowerName")}},
	{"DirectoryImpl", directoryPackage, "id", "SELECT id, directory_name, CASE active WHEN 'T' THEN 'true' ELSE 'false' END FROM cwd_directory ORDER BY id",
		[]property{words("name"), value("active")}},
	{"DirectoryMapping", "com.atlassian.crowd.model.application", "id", "SELECT id, directory_id FROM cwd_app_dir_mapping ORDER BY id",
		[]property{refers("directory", "DirectoryImpl", directoryPackage)}},
	{"InternalUser", "com.atlassian.crowd.model.user", "id", `SELECT id, user_name, lower_user_name, CASE active WHEN 'T' THEN 'true' ELSE 'false' END,
		created_date, updated_date, display_name, email_address, directory_id FROM cwd_user ORDER BY id`,
		[]property{words("name"), words("lowerName"), value("active"), value("createdDate"), value("updatedDate"),
			words("displayName"), words("emailAddress"), refers("directory", "DirectoryImpl", directoryPackage)}},
	{"Space", spacesPackage, "id", `SELECT spaceid, spacename, spacekey, lowerspacekey, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus
		FROM spaces ORDER BY spaceid`,
		[]property{words("name"), words("key"), words("lowerKey"), refers("homePage", "Page", pagesPackage), user("creator"), value("creationDate"),
			user("lastModifier"), value("lastModificationDate"), words("spaceType"), value("spaceStatus")}},
	{"", "", "id", `SELECT contenttype, contentid, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver,
		content_status, pageid, spaceid, coalesce(parentcommentid, parentid) FROM content ORDER BY contentid`,
		[]property{words("title"), words("lowerTitle"), value("version"), user("creator"), value("creationDate"), user("lastModifier"), value("lastModificationDate"),
			words("versionComment"), refers("originalVersion", "Page", pagesPackage), words("contentStatus"), refers("containerContent", "Page", pagesPackage),
			refers("space", "Space", spacesPackage), refers("parent", "Page", pagesPackage)}},
	{"BodyContent", corePackage, "id", "SELECT bodycontentid, body, contentid, bodytypeid FROM bodycontent ORDER BY bodycontentid",
		[]property{words("body"), refers("content", "Page", pagesPackage), value("bodyType")}},
	{"Label", labelsPackage, "id", "SELECT labelid, name, namespace, owner FROM label ORDER BY labelid",
		[]property{words("name"), words("namespace"), user("owningUser")}},
	{"Labelling", labelsPackage, "id", "SELECT id, labelid, contentid, labelableid, labelabletype FROM content_label ORDER BY id",
		[]property{refers("label", "Label", labelsPackage), refers("content", "Page", pagesPackage), value("labelableId"), words("labelableType")}},
	{"ConfluenceBandanaRecord", "com.atlassian.confluence.setup.bandana", "id", "SELECT bandanaid, bandanacontext, bandanakey, bandanavalue FROM bandana ORDER BY bandanaid",
		[]property{words("context"), words("key"), words("value")}},
}
