package pipeline

// Status is the state of a job, spelled as the REST API prints it
// (spec/rest-api.md §6). A value that is not listed here is kept as it came.
type Status string

// The documented states. NotStarted is the absence of a job: the API prints an
// empty object for it.
const (
	NotStarted            Status = ""
	Started               Status = "STARTED"
	Completed             Status = "COMPLETED"
	CancellationRequested Status = "CANCELLATION_REQUESTED"
	Cancelled             Status = "CANCELLED"
	Failed                Status = "FAILED"
)

// Running reports whether a job in this state holds the export lock: no other
// export can start, and a cancellation makes sense. A state that Sluice does
// not know is not running, so it never locks a person out.
func (s Status) Running() bool {
	return s == Started || s == CancellationRequested
}

// Ended reports whether a job in this state has reached its end. The end is
// read from the status alone: the API prints a completedTime on jobs that still
// run (spec/rest-api.md §4).
func (s Status) Ended() bool {
	return s == Completed || s == Cancelled || s == Failed
}

// Known reports whether the state is one of the documented ones.
func (s Status) Known() bool {
	return s == NotStarted || s.Running() || s.Ended()
}

// String is the name that people see: "Not started", "Started", "Completed",
// "Cancellation requested", "Cancelled", "Failed" (the console's labels), or an
// unknown value as it came.
func (s Status) String() string {
	switch s {
	case NotStarted:
		return "Not started"
	case Started:
		return "Started"
	case Completed:
		return "Completed"
	case CancellationRequested:
		return "Cancellation requested"
	case Cancelled:
		return "Cancelled"
	case Failed:
		return "Failed"
	}
	return string(s)
}
