package present

import "time"

// CountsSeconds reports whether what is shown of a source changes with every second
// that passes: its entry in the rail and, if it is chosen, its status card.
func CountsSeconds(in Inputs, chosen bool) bool {
	job, st := in.State.Job, in.State
	young := job.Running() && job.Duration(in.Now) < time.Minute
	if st.Unreachable() && st.Known() && in.Now.Sub(st.At) < time.Minute || young && !st.Unreachable() {
		return true
	}
	if !chosen {
		return false
	}
	countdown := st.Unreachable() && st.Next.After(in.Now) && st.Next.Sub(in.Now) < secondsUntil
	elapsed := job.Running() && !st.Unreachable() && job.Duration(in.Now) < secondsUntil
	return countdown || elapsed || in.Busy != Idle
}
