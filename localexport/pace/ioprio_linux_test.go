package pace

import "testing"

func TestBackground(t *testing.T) {
	priority := make(chan int)
	go func() {
		Background()
		p, err := ioPriority()
		if err != nil {
			p = -1
		}
		priority <- p
	}()
	got := <-priority
	if got == -1 {
		t.Skip("this system does not tell I/O priorities")
	}
	if want := classBestEffort<<classShift | lowestLevel; got != want {
		t.Errorf("I/O priority %#x, want %#x", got, want)
	}
}
