// Package confluence exports the five files of Confluence's data pipeline from
// a snapshot: users, spaces, pages, comments and analytics events, with the
// columns and rules that the vendor documents.
package confluence
