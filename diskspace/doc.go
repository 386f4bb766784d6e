// Package diskspace tells how much may still be written on a disk.
package diskspace
