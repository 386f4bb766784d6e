// Package changes tells how two exports differ: which rows were added, changed and
// removed, file by file, by the key of each file.
//
// Two files in the order of their keys are merged in parts, by all workers, in flat
// memory: a part ends at the same key in both. A row that stands in both files byte for
// byte is compared as bytes and never cut into cells. No index of the files is made: where
// a part may begin is guessed from the text around, and found out when the part before
// ends there; where a guess was wrong all begins anew with the index. A file out of order is brought in
// order in memory while the keys of its rows find room there (spaces are exported in the
// order of ids that are not in the file); a larger one is sorted on
// the disk, but for one that is not complete, which is refused with the first row that is
// out of order.
//
// A Parquet file is compared by the text that package csvfile makes of it, with CSV as an
// export that preserves line breaks is.
//
// # What proves a removal
//
// The export tells no deletions: a row of A that B does not have was removed, or B did
// not ask for it. B asks for what was created or updated after its from date, and goes
// by the last change alone: updated_date, or created_date where that is empty (for
// events created_date, which is all they have). So that is the row's own date here, too.
// If A's row has a date after B's from date, then an unchanged row would have been
// selected by B, and a row that was changed since has a later date still: that B lacks
// it proves that it was removed, or that it is no longer selected (its space was
// excluded, it went to the trash, its page was). If the date is not after B's from date,
// nothing is proved, and the row is counted as out of window. Cells hold whole seconds,
// cut and not rounded: a date in the same second as the from date may lie before it, and
// proves nothing.
//
// Users and spaces are exported whole, whatever the from date: there every missing row
// is removed. An export that was forced, is incomplete, or left rows out proves nothing:
// what it lacks is counted as unproven.
package changes
