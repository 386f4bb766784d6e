package confluence

import (
	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
)

var eventColumns = []string{"ID", "NAME", "EVENT_AT", "USER_KEY", "SPACE_KEY", "CONTAINER_ID", "CONTENT_ID"}

// eventReader encodes the records of analytics events.
type eventReader struct {
	walkReader
	on *containers
}

func (e *exporter) openEvents(src source) (_ reader, err error) {
	r := &eventReader{walkReader: e.newWalkReader(src, fileEvents, e.events.Table, eventColumns)}
	if err = r.openWalk(src, e.events, nil); err == nil {
		r.on, err = e.openContainers(src)
	}
	if err != nil {
		r.close()
		return nil, err
	}
	r.parts = append(r.parts, r.on)
	return r, nil
}

func (r *eventReader) read(after, last int64, out *output) error {
	return r.each(after, last, out, r.event)
}

// event encodes the current row in the order of its columns.
func (r *eventReader) event(out *output) error {
	name := r.row.Bytes(1)
	kind, documented := snapshot.EventOf(name)
	if !documented && !r.e.o.AllEvents {
		return nil
	}
	id, fresh, err := r.nextKey("Rows of the event table whose ID is there already were left out: %d (first: ID %d).")
	if err != nil || !fresh {
		return err
	}
	millis, dated, err := r.id(2, id)
	if err != nil {
		return err
	}
	reading := wallclock.FromMillis(millis)
	at := instant{reading.Seconds, reading.Nanos}
	if !dated {
		return nil
	}
	r.seen.Add(at.unix, at.nanos, id)
	if !r.e.wanted(at) {
		return nil
	}
	if !snapshot.Writable(at.unix) {
		r.notes.add(KeyEventOutOfRange, "Events whose EVENT_AT lies beyond the year 9999, which no file can hold, were left out: %d (first: ID %d).", id)
		return nil
	}
	space := r.row.Bytes(4)
	if len(r.e.spaces.optedOut) > 0 && r.e.spaces.optedOut.has(space) {
		return nil
	}
	content, hasContent, err := r.id(6, id)
	if err != nil {
		return err
	}
	container, hasContainer, err := r.container(id, content, hasContent, kind.OfPage)
	if err != nil {
		return err
	}
	if out, err := r.leavesEventOut(space, container, content, id); out || err != nil {
		return err
	}
	out.Shared(r.e.shared.instance)
	out.Int(id)
	out.Text(name)
	out.Time(at.unix, at.nanos)
	out.Text(r.row.Bytes(3))
	out.Text(space)
	out.id(container, hasContainer)
	out.id(content, hasContent)
	if err := r.walk.Err(); err != nil {
		return err
	}
	return out.endRow()
}

// container is the page that an event belongs to. Where 0 or nothing is stored
// it is the content itself for events of pages, else the page that the content
// is on, if the content still exists.
func (r *eventReader) container(event, content int64, hasContent, ofPage bool) (int64, bool, error) {
	id, present, err := r.id(5, event)
	if err != nil || r.e.o.EventContainerAsStored || present && id != 0 {
		return id, present, err
	}
	if ofPage || !hasContent {
		return content, hasContent, nil
	}
	return r.on.pageOf(content)
}
