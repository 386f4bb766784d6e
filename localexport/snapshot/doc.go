// Package snapshot opens a database snapshot that a Confluence administrator
// took and converted to SQLite: it says what the file is, finds its tables and
// columns whatever a converter called them, and tells how keys and times are
// stored. It only reads; nothing is ever written to the snapshot or beside it.
package snapshot
