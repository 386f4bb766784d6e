// Package filtertext reads and writes what a filter asks of rows as text, in one small
// grammar, which docs/csv.md explains:
//
//	space_key = ENG and (updated_date >= 2026-01-01 or not title contains draft nocase)
//
//	filter = all { "or" all }
//	all    = one { "and" one }
//	one    = "not" one | "(" filter ")" | test
//	test   = column ( "=" | "!=" ) value [ "nocase" ]
//	       | column ( "<" | "<=" | ">" | ">=" ) value
//	       | column ( "~" | "!~" ) value [ "nocase" ]
//	       | column [ "not" ] "contains" value [ "nocase" ]
//	       | column [ "not" ] "in" "(" value { "," value } ")" [ "nocase" ]
//	       | column [ "not" ] "between" value "and" value
//	       | column "is" [ "not" ] ( "empty" | "number" | "time" )
//	column = word | quoted | "#" number
//	value  = word | quoted
//
// Words end at blanks, commas, parentheses, quotes and operators; whatever has those in it
// stands in quotes, single or double, in which a doubled quote is one. Keywords may be of
// either case. [Parse] and [Format] are each other's inverse.
package filtertext
