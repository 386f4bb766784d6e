package present

import (
	"errors"

	"sluice/ui/texts"
)

// longestTold is how much of an error about a snapshot is shown: the statements that
// give rights stand in it whole.
const longestTold = 20_000

// DeliverError is an error about a delivery, as a sentence in the words of its form.
func DeliverError(err error) string {
	if err == nil {
		return ""
	}
	return Sentence(errors.New(texts.InDelivery(texts.Error(err))))
}

// TakeError is an error about the taking of a snapshot, as a sentence in the words of
// the form.
func TakeError(err error) string {
	if err == nil {
		return ""
	}
	return sentence(texts.InForm(texts.Error(err)), longestTold)
}
