// Package redact takes out of the files of a data pipeline what must not leave the
// house: people, what they wrote, spaces. What stands in which column is told by
// package columns, and for the files of Jira and Bitbucket, as far as they are
// documented, by this one.
//
//	rules, err := redact.Parse("gdpr.yaml", text) // or redact.Profile("gdpr")
//	plan, err := rules.Plan("pages", header, key)
//	kept := plan.Row(cells) // changes the cells
//
// A pseudonym is a keyed hash (HMAC-SHA256): the same person has the same one in all
// columns, files and jobs that are redacted with the same key, and without the key
// nobody can make it of a name that he guesses.
//
// Running text is not understood: a name that somebody has written into a page that
// is kept stays there, but for mentions, which have the key of a user in them.
package redact
