// Package keymap ties keys to what they do and to the words of the list of
// shortcuts: each part of the window has one table, which its handlers look keys up
// in and which the list is written from, so the list cannot tell anything else.
package keymap
