package private

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// TestOwnersList checks the list of rights before any disk has seen it.
func TestOwnersList(t *testing.T) {
	list, err := ownersList()
	if err != nil {
		t.Fatal(err)
	}
	sd, err := windows.NewSecurityDescriptor()
	if err != nil {
		t.Fatal(err)
	}
	if err := sd.SetDACL(list, true, false); err != nil {
		t.Fatal(err)
	}
	owner, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	text := sd.String()
	if strings.Count(text, "(A;OICI;") != 3 || strings.Count(text, "(") != 3 {
		t.Errorf("%s is not three rights that are inherited", text)
	}
	for _, sid := range []string{owner.User.Sid.String(), "SY", "BA"} {
		if !strings.Contains(text, ";;;"+sid+")") {
			t.Errorf("%s lacks %s", text, sid)
		}
	}
}

// TestRestrict looks at the rights of a folder, and at those of a file that is
// made in it afterwards: nobody else has any.
func TestRestrict(t *testing.T) {
	if windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil {
		t.Skip("Wine keeps the modes of Unix, and no lists of rights")
	}
	dir := filepath.Join(t.TempDir(), "private")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Restrict(dir); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	owner, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	for path, protected := range map[string]bool{dir: true, file: false} {
		sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
		if err != nil {
			t.Fatal(err)
		}
		text := sd.String()
		if strings.HasPrefix(text, "D:P") != protected {
			t.Errorf("%s: %s", path, text)
		}
		for _, entry := range strings.Split(text, "(")[1:] {
			sid := strings.TrimSuffix(entry[strings.LastIndexByte(entry, ';')+1:], ")")
			if sid != owner.User.Sid.String() && sid != "SY" && sid != "BA" {
				t.Errorf("%s: %s may use it: %s", path, sid, text)
			}
		}
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "x" {
		t.Errorf("the owner reads %q, %v", b, err)
	}
}
