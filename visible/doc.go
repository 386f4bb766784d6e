// Package visible shows text that comes from outside: from servers, from cells,
// names and paths of files, from snapshots and job stores. Such text may hold what
// a terminal obeys, what turns the order of letters around, or what does not show
// at all. Here all of that gets a stand-in that can be read; everything else stays
// as it is. Text in which nothing needs a stand-in is returned unchanged, and what
// was made visible once is not changed by doing it again.
//
// The stand-ins:
//
//	¶        a line break, where the text must stay on its line
//	‹NUL›    U+0000
//	‹TAB›    a tabulator, where the text must stay in its column
//	‹001B›   a control (C0, DEL, C1), a mark that turns the direction of text, a
//	         character without width, a line or paragraph separator, a character of
//	         private use: by its code point
//	‹9B›     a byte that is no UTF-8: by its value
//
// Joiners and variation selectors stay where scripts and emoji are made of them:
// between two characters beyond the Latin ones, and once behind a character.
//
// This is for what people see. Values for programs, for the clipboard and for files
// stay what they are; JSON for programs goes through [JSON], which escapes the same
// characters and keeps the value.
package visible
