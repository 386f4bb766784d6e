package localexport

import (
	"sluice/localexport/jobstore"
	"sluice/pipeline"
)

// The keys of the diagnostics that this package adds to a job. The vendor
// documents one key, pipeline.KeyPreValidation; what is found wrong with a
// snapshot comes with the keys of the product.
const (
	// KeyLowSpace is the error of a job that was not started, or was ended,
	// because less than Options.MinFreeSpace is left on the volume, or nothing.
	KeyLowSpace = "export.disk.space.low"
	// KeyInterrupted is the warning of a cancelled job whose process ended
	// without a word: killed, crashed, or the power went off.
	KeyInterrupted = pipeline.KeyInterrupted
	// KeyShutdown is the warning of a job that was cancelled because its
	// program was closed.
	KeyShutdown = "export.cancelled.by.shutdown"
	// KeyAbandoned is the warning of a job that was cancelled because whoever
	// started it gave up while the snapshot was still being checked.
	KeyAbandoned = "export.start.abandoned"
	// KeyUnlocked is the warning of a cancelled job that somebody has released,
	// because nobody could tell whether its process lived.
	KeyUnlocked = "export.unlocked"
	// KeyOwner is the warning of a running job of which nobody can tell whether
	// its process lives; it is not recorded.
	KeyOwner = "export.owner.unknown"
	// KeyHomeFull is the warning of a home that can only be read, because its disk
	// is full.
	KeyHomeFull = "export.home.full"
	// KeyHomeOpen is the note of a home that others can write.
	KeyHomeOpen = "export.home.open"
	// KeyPseudonyms is the note of a job for which the key for pseudonyms was made.
	KeyPseudonyms = "export.redaction.key.made"
	// KeyFailed is the error of a job that failed for the reason that its
	// message tells.
	KeyFailed = "export.failed"
	// KeyUnconfirmed is the warning of a completed job whose disk reported an
	// error at the very end, when the manifest could not be taken back any more.
	KeyUnconfirmed = "export.disk.unconfirmed"
	// KeyInternal is the error of a job that failed by a defect of the
	// program; the details are in the log.
	KeyInternal = "export.internal.error"
	// KeyRewritten is the warning of a resumed job some of whose files could not
	// be gone on with.
	KeyRewritten = "export.resume.rewritten"
)

var (
	interrupted = pipeline.Say(KeyInterrupted,
		"The program that ran this export ended without finishing it. Its files are incomplete: resume the export, or start it again.")
	shutDown = pipeline.Say(KeyShutdown,
		"The program was closed while this export ran. Its files are incomplete: resume the export, or start it again.")
	abandoned = pipeline.Say(KeyAbandoned,
		"The start of this export was given up while the snapshot was being checked. Start it again.")
	internal = pipeline.Say(KeyInternal,
		"The export stopped because of a defect in the program. The details are in its log.")
)

// doubtful is the warning of a job whose process cannot be seen.
func doubtful(r jobstore.Record) pipeline.Diagnostic {
	return pipeline.Say(KeyOwner,
		"This export is recorded as running in process %d on %s, which has reported nothing since %s. If that process is gone for sure, unlock the home.",
		r.Process.PID, r.Process.Host, pipeline.FormatTime(r.Seen))
}

// unlocked is the warning of a job that was released by hand.
func unlocked(p jobstore.Process) pipeline.Diagnostic {
	return pipeline.Say(KeyUnlocked,
		"This export ran in process %d on %s, which could not be seen any more, and was released by hand. If that process still runs, it ends without completing the export.",
		p.PID, p.Host)
}
