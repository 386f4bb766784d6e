package filtertext

// Name is a column, from 0, as [Parse] and [Columns] read it: its name, in quotes where they
// are needed, or its number where the name is no one's own.
func Name(column int, header []string) string { return nameOf(column, header) }
