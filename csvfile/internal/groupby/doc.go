// Package groupby puts rows into groups by a key and sums each group up, in bounded
// memory.
//
// Each [Worker] has a hash table of its own. What does not fit is written to a scratch
// file, cut into partitions by the hash of the key; a partition is then worked on by
// itself, and cut again if it does not fit either. The groups come out in order: from
// the one table, or merged from the sorted groups of all partitions.
//
// Different values are counted exactly: each pair of a group and a value is a row of
// another such table, and each pair that is left adds one to its group.
package groupby
