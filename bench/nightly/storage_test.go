//go:build unix

package nightly

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"sluice/deliver/target/s3test"
	"sluice/takes/servers"
)

// startStorage is the address of storage over a folder: that of tests or, where
// SLUICE_TEST_GATEWAY names the program versitygw, a real one.
func (w *world) startStorage() string {
	w.t.Helper()
	dir, program := filepath.Join(w.dir, "storage"), os.Getenv("SLUICE_TEST_GATEWAY")
	if program == "" {
		return s3test.Start(w.t, dir)
	}
	port, err := servers.FreePort()
	if err == nil {
		err = os.Mkdir(filepath.Join(dir, s3test.Bucket), 0o700)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	cmd := exec.Command(program, "--quiet", "--port", address, "posix", dir)
	cmd.Env = []string{"ROOT_ACCESS_KEY=" + s3test.Key, "ROOT_SECRET_KEY=" + s3test.Secret}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	ready := time.NewTicker(20 * time.Millisecond)
	defer ready.Stop()
	for range 3000 {
		<-ready.C
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return "http://" + address
		}
	}
	w.t.Fatal("the storage does not start")
	return ""
}

// keep copies all that the program has, and back puts it in place again.
func (w *world) keep() {
	w.t.Helper()
	if err := os.MkdirAll(w.dir+".kept", 0o700); err != nil {
		w.t.Fatal(err)
	}
	w.copy(w.dir, w.dir+".kept")
}
func (w *world) back() { w.copy(w.dir+".kept", w.dir) }

// copy makes one folder what another is. The folder of the storage stays the same one: that
// works in it.
func (w *world) copy(from, to string) {
	w.t.Helper()
	for _, within := range []string{"*", "storage/exports/*"} {
		old, err := filepath.Glob(filepath.Join(to, within))
		for _, path := range old {
			if err == nil && filepath.Base(path) != "storage" {
				err = os.RemoveAll(path)
			}
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	if out, err := exec.Command("cp", "-a", from+"/.", to).CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, out)
	}
}
