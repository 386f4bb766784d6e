package process

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	self := Self()
	if self == "" {
		t.Skip("processes have no marks on this system")
	}
	if got := Of(os.Getpid(), self); got != Alive {
		t.Errorf("this process is %v, want alive", got)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Stdin = nil
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	mark, ok := markOf(cmd.Process.Pid)
	_ = in.Close()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if ok && Of(cmd.Process.Pid, mark) != Gone {
		t.Errorf("a process that has ended is %v", Of(cmd.Process.Pid, mark))
	}
	reused := self[:strings.LastIndexByte(self, '/')] + "/1"
	if got := Of(os.Getpid(), reused); got != Gone {
		t.Errorf("the process that had this id before is %v, want gone", got)
	}
	for _, mark := range []string{"", "nonsense", "another/computer/1"} {
		if got := Of(os.Getpid(), mark); got != Unknown {
			t.Errorf("mark %q is %v, want unknown", mark, got)
		}
	}
	if Restarted(self) || !Restarted("another/computer/1") || Restarted("") {
		t.Error("Restarted is wrong")
	}
}
