package snapshot

// Kind is what a row of content is.
type Kind uint8

// The kinds of content that an export deals with.
const (
	KindOther Kind = iota
	KindPage
	KindBlogPost
	KindComment
	KindAttachment
)

// KindOf is the kind of a contenttype: the exact value counts.
func KindOf(contenttype []byte) Kind {
	switch string(contenttype) {
	case "PAGE":
		return KindPage
	case "BLOGPOST":
		return KindBlogPost
	case "COMMENT":
		return KindComment
	case "ATTACHMENT":
		return KindAttachment
	}
	return KindOther
}

// IsPage reports whether it is in the file of pages: a page or a blog post.
func (k Kind) IsPage() bool { return k == KindPage || k == KindBlogPost }

// IsExported reports whether there is a file with content of the kind.
func (k Kind) IsExported() bool { return k.IsPage() || k == KindComment }

// Event is what the name of an event says of it.
type Event struct {
	OfPage  bool // its content is a page or blog post itself
	Creates bool // it happened when its content was created
}

// EventOf tells about events with a name that is documented
// (spec/csv-schema-confluence.md §4.5).
func EventOf(name []byte) (e Event, documented bool) {
	switch string(name) {
	case "page_created", "blog_created":
		return Event{OfPage: true, Creates: true}, true
	case "page_viewed", "page_updated", "blog_viewed", "blog_updated":
		return Event{OfPage: true}, true
	case "comment_created":
		return Event{Creates: true}, true
	case "attachment_viewed", "attachment_created":
		return Event{}, true
	}
	return Event{}, false
}
