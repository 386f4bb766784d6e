package ui

import (
	"context"
	"errors"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// asker asks for what a server wants while it is read, and remembers what somebody wants
// to have kept. It is for one reading.
type asker struct {
	w     *Window
	takes Takes
	keep  string // a password that belongs into the keyring once it was accepted
}

// answer is what somebody entered; "" is none.
type answer struct {
	text string
	keep bool
}

// ask shows the question and waits for the answer. One is asked at a time.
func (a *asker) ask(ctx context.Context, q source.Question) (string, error) {
	keepable := !q.Passphrase && a.takes.KeyringWorks(ctx)
	select {
	case a.w.asking <- struct{}{}:
		defer func() { <-a.w.asking }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	answered := make(chan answer, 1)
	hide := func() {}
	a.w.later(func() {
		if ctx.Err() == nil {
			hide = a.w.askSecret(q, keepable, answered)
		}
	})
	select {
	case got := <-answered:
		if got.keep {
			a.keep = got.text
		}
		return got.text, nil
	case <-ctx.Done():
		a.w.later(func() { hide() })
		return "", ctx.Err()
	}
}

// keepAnswer keeps what was asked for, unless the server has refused it. err is how the
// reading ended.
func (a *asker) keepAnswer(ctx context.Context, account string, err error) {
	if a.keep == "" || errors.Is(err, pipeline.ErrNotAuthorised) {
		return
	}
	if _, err := a.takes.KeepSecret(context.WithoutCancel(ctx), account, a.keep); err != nil {
		a.w.later(func() { a.w.problem(err) })
	}
}

// askSecret shows a question, whose answer goes into answered. To close it is to give
// none.
func (w *Window) askSecret(q source.Question, keepable bool, answered chan<- answer) (hide func()) {
	given := answer{}
	var question *view.SecretQuestion
	send := func() {
		given = answer{question.Answer.Text, question.Keep.On()}
		hide()
	}
	question = view.NewSecretQuestion(present.QuestionText(q), keepable, send)
	back := look.NewButton(look.Outlined, texts.T.App.Cancel, "", func() { hide() })
	act := look.NewButton(look.Primary, texts.T.Take.Go, "", send)
	hide = w.pop(view.NewPanel(present.QuestionTitle(q), question.Object, back, act))
	w.unpopped = func() {
		question.Answer.Change("") // nothing of it stays in the widget
		answered <- given
	}
	w.window.Canvas().Focus(question.Answer)
	return hide
}
