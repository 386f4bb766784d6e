package redact

import (
	"slices"

	"sluice/columns"
)

// known is what is known of a column.
type known struct {
	name       string
	holds      columns.Holds
	documented bool
}

// others are the documented columns of Jira and Bitbucket, whose names mean the same in
// every file (spec/csv-schema-jira.md, spec/csv-schema-bitbucket.md).
var others = map[string]columns.Holds{
	"instance_url": columns.HoldsInstance, "url": columns.HoldsAddress, "build_url": columns.HoldsAddress,
	"user_id": columns.HoldsUserID, "creator_id": columns.HoldsUserID, "reporter_id": columns.HoldsUserID, "assignee_id": columns.HoldsUserID, "author_id": columns.HoldsUserID,
	"user_name": columns.HoldsUserName, "user_fullname": columns.HoldsFullName, "user_email": columns.HoldsEmail,
	"creator_name": columns.HoldsFullName, "reporter_name": columns.HoldsFullName, "assignee_name": columns.HoldsFullName,
	"summary": columns.HoldsTitle, "build_name": columns.HoldsTitle, "repository_name": columns.HoldsTitle,
	"description": columns.HoldsDescription, "build_description": columns.HoldsDescription, "additional_information": columns.HoldsBody,
	"project_key": columns.HoldsSpaceKey, "project_name": columns.HoldsSpaceName, "project_category": columns.HoldsLabel, "build_key": columns.HoldsLabel,
	"id": columns.HoldsContentID, "key": columns.HoldsContentID, "repository_id": columns.HoldsContentID, "pull_request_id": columns.HoldsContentID,
	"commit_hash": columns.HoldsContentID, "build_number": columns.HoldsContentID,
	"project_type": columns.HoldsFact, "issue_type": columns.HoldsFact, "status": columns.HoldsFact, "status_category": columns.HoldsFact,
	"priority_sequence": columns.HoldsFact, "created_date": columns.HoldsFact, "action": columns.HoldsFact, "build_duration": columns.HoldsFact,
}

// values are those that documented facts can have, in lower case.
var values = map[string][]string{
	"space_type": {"global", "personal"}, "space_status": {"current", "archived"},
	"page_type": {"page", "blogpost"}, "page_status": {"current", "archived", "draft"},
	"event_name": {"page_viewed", "page_created", "page_updated", "blog_viewed", "blog_created", "blog_updated", "comment_created",
		"attachment_viewed", "attachment_created"},
}

// identify tells what the columns of a file hold. A file of Confluence is told by its
// name and by a column that is its key.
func identify(file string, header []string) []known {
	f, ok := columns.Find(columns.Confluence, file)
	ok = ok && slices.Contains(header, f.Key().Name)
	all := make([]known, len(header))
	for i, name := range header {
		k := known{name: name}
		if c := f.Column(name); ok && c.Name != "" {
			k.holds, k.documented = c.Holds, true
		} else if holds, found := others[name]; found {
			k.holds, k.documented = holds, true
		}
		all[i] = k
	}
	return all
}
