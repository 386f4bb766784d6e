package confluence

import (
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"sluice/columns"
)

// The structs below are what gocsv reads the files back into.

// Time is a cell with a time; the zero time is an empty cell.
type Time struct{ time.Time }

// ID is a cell with an id; 0 is an empty cell.
type ID int64

// UnmarshalCSV reads the cell.
func (i *ID) UnmarshalCSV(cell string) error {
	*i = 0
	if cell == "" {
		return nil
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	*i = ID(n)
	return err
}

// UnmarshalCSV reads the cell.
func (t *Time) UnmarshalCSV(cell string) (err error) {
	t.Time = time.Time{}
	if cell != "" {
		t.Time, err = time.Parse(time.RFC3339, cell)
	}
	return err
}

// UserRow is a record of users.
type UserRow struct {
	InstanceURL  string `csv:"instance_url"`
	UserID       string `csv:"user_id"`
	UserName     string `csv:"user_name"`
	UserFullName string `csv:"user_fullname"`
	UserEmail    string `csv:"user_email"`
}

// SpaceRow is a record of spaces.
type SpaceRow struct {
	SpaceKey       string `csv:"space_key"`
	InstanceURL    string `csv:"instance_url"`
	SpaceURL       string `csv:"space_url"`
	HomepageURL    string `csv:"homepage_url"`
	SpaceName      string `csv:"space_name"`
	SpaceType      string `csv:"space_type"`
	SpaceStatus    string `csv:"space_status"`
	CreatorID      string `csv:"creator_id"`
	LastModifierID string `csv:"last_modifier_id"`
	CreatedDate    Time   `csv:"created_date"`
	UpdatedDate    Time   `csv:"updated_date"`
}

// PageRow is a record of pages: a page or a blog post.
type PageRow struct {
	PageID                int64  `csv:"page_id"`
	InstanceURL           string `csv:"instance_url"`
	SpaceKey              string `csv:"space_key"`
	PageURL               string `csv:"page_url"`
	PageType              string `csv:"page_type"`
	PageTitle             string `csv:"page_title"`
	PageStatus            string `csv:"page_status"`
	PageContent           string `csv:"page_content"`
	PageParentID          ID     `csv:"page_parent_id"`
	Labels                string `csv:"labels"`
	PageVersion           ID     `csv:"page_version"`
	CreatorID             string `csv:"creator_id"`
	LastModifierID        string `csv:"last_modifier_id"`
	CreatedDate           Time   `csv:"created_date"`
	UpdatedDate           Time   `csv:"updated_date"`
	LastUpdateDescription string `csv:"last_update_description"`
}

// CommentRow is a record of comments.
type CommentRow struct {
	CommentID       int64  `csv:"comment_id"`
	InstanceURL     string `csv:"instance_url"`
	CommentURL      string `csv:"comment_url"`
	PageID          int64  `csv:"page_id"`
	ParentCommentID ID     `csv:"parent_comment_id"`
	CommentContent  string `csv:"comment_content"`
	CreatorID       string `csv:"creator_id"`
	LastModifierID  string `csv:"last_modifier_id"`
	CreatedDate     Time   `csv:"created_date"`
	UpdatedDate     Time   `csv:"updated_date"`
}

// EventRow is a record of analytics_events.
type EventRow struct {
	InstanceURL      string `csv:"instance_url"`
	EventID          int64  `csv:"event_id"`
	EventName        string `csv:"event_name"`
	CreatedDate      Time   `csv:"created_date"`
	EventAuthorID    string `csv:"event_author_id"`
	EventSpaceKey    string `csv:"event_space_key"`
	EventContainerID ID     `csv:"event_container_id"`
	EventContentID   ID     `csv:"event_content_id"`
}

// rowTypes are the records of the files.
var rowTypes = [fileCount]reflect.Type{
	reflect.TypeFor[UserRow](), reflect.TypeFor[SpaceRow](), reflect.TypeFor[PageRow](),
	reflect.TypeFor[CommentRow](), reflect.TypeFor[EventRow](),
}

// TestRowsAreColumns: what the files are read back into has their columns, in their
// order, of their types.
func TestRowsAreColumns(t *testing.T) {
	types := map[columns.Type][]reflect.Type{
		columns.TypeID:     {reflect.TypeFor[int64](), reflect.TypeFor[ID]()},
		columns.TypeText:   {reflect.TypeFor[string]()},
		columns.TypeTime:   {reflect.TypeFor[Time]()},
		columns.TypeNumber: {reflect.TypeFor[ID]()},
		columns.TypeList:   {reflect.TypeFor[string]()},
	}
	for i, f := range columns.Confluence {
		row := rowTypes[i]
		if row.NumField() != len(f.Columns) {
			t.Errorf("%s has %d columns, %s %d fields", f.Name, len(f.Columns), row, row.NumField())
			continue
		}
		for j, c := range f.Columns {
			field := row.Field(j)
			if name := field.Tag.Get("csv"); name != c.Name {
				t.Errorf("column %d of %s is %s, that of %s is %s", j, f.Name, c.Name, row, name)
			}
			whole := field.Type == reflect.TypeFor[int64]()
			if !slices.Contains(types[c.Type], field.Type) || whole && c.Nullable || field.Type == reflect.TypeFor[ID]() && !c.Nullable {
				t.Errorf("column %s of %s is of type %s, nullable %v, and read back into %s", c.Name, f.Name, c.Type, c.Nullable, field.Type)
			}
		}
	}
}
