// Package resumetest holds the proof that an export that was interrupted and
// resumed is the one that would have been without the interruption: its test ends
// exports at random moments, by SIGKILL and SIGTERM in a process of their own, by a
// cancellation and by a disk that fails, resumes them, also several times over, and
// compares every byte.
//
//	go test ./localexport/resumetest -interruptions 50 -v
package resumetest
