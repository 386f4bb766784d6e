package ui

import (
	"context"
	"fmt"
	"strings"

	"sluice/schedule"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// users are the names of what does nothing any more without a source.
type users struct{ schedules, deliveries []string }

// askToRemove takes the source out of the list once somebody has agreed, who reads what else
// depends on it.
func (p *page) askToRemove() {
	settings, id := p.w.o.Settings, p.e.source.ID
	background(p.e, func(context.Context) (u users, err error) {
		if settings != "" {
			u.schedules, u.deliveries, err = schedule.Uses(settings, id)
		}
		return u, err
	}, func(u users, err error) {
		text := texts.T.Setup.RemoveText
		if p.e.source.Kind == source.KindServer {
			text = texts.T.Server.RemoveText
		}
		name := p.e.source.Name
		said := append([]string{fmt.Sprintf(text, name)}, present.WithoutSource(u.schedules, u.deliveries, err)...)
		title := strings.TrimSuffix(texts.T.Setup.Remove, "…") // which says that it asks
		p.w.confirm(title, strings.Join(said, "\n"), fmt.Sprintf(texts.T.Setup.RemoveNow, name), func() { p.w.removeSource(p.e) })
	})
}

// removeSource removes a source, and the secret of a server.
func (w *Window) removeSource(e *entry) {
	w.forgetSecret(e.source)
	w.remove(e)
}
