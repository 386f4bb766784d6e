package texts

// Tour are the sentences of the first steps.
type Tour struct{ Step, Skip, Next, Done, Sources, SourcesText, Export, ExportText, Find, FindText string }

func englishTour() Tour {
	return Tour{
		Step: "%d of %d", Skip: "Skip the tour", Next: "Next", Done: "Done",
		Sources: "Begin with a source", SourcesText: "A server, a database, a snapshot of one, or the demo. Sources stand at the left, each with its state; the worst is seen at a glance.",
		Export: "Start an export, and watch it", ExportText: "Choose from when and start. The card tells what happens and what to do when something is wrong; the files, however large, open in their tab.",
		Find: "Find anything with Ctrl+K", FindText: "Every action, source, job, file and setting, by a few letters. F1 lists the keys, and the Help menu has this tour.",
	}
}
