package view

import "sluice/ui/texts"

// FetchLink is what can be done about the files of a job of a server.
type FetchLink int

// What can be done.
const (
	FetchNothing FetchLink = iota
	FetchOffer             // they can be fetched
	FetchStop              // they are being fetched
	FetchedOpen            // they are here
)

// fetchWord is the word of the link that fetches a job.
func fetchWord(l FetchLink) string {
	if l == FetchStop {
		return texts.T.History.FetchStop
	}
	return texts.T.History.Fetch
}
