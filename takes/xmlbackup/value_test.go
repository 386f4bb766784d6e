package xmlbackup

import (
	"archive/zip"
	"errors"
	"strings"
	"testing"

	"sluice/takes/feed"
)

// TestReferences: what XML names is resolved; what means nothing is kept and counted.
func TestReferences(t *testing.T) {
	for in, want := range map[string]string{
		"&lt;&gt;&amp;&quot;&apos;": `<>&"'`, "&#65;&#x42;&#X43;": "ABC", "&#x10FFFF;": "\U0010FFFF", "&#0000000065;": "A",
		"a&amp;lt;b": "a&lt;b", "x & y &z; &;": "x & y &z; &;", "&#;&#x;&#-1;": "&#;&#x;&#-1;",
		"&#x110000;&#xD800;": "&#x110000;&#xD800;", "&": "&", "&amp": "&amp", "&veryLongNameOfNothing;": "&veryLongNameOfNothing;",
	} {
		v := newValue(1000)
		v.begin()
		v.take([]byte(in))
		v.plain(0)
		unknown := int64(0)
		if want == in {
			unknown = int64(strings.Count(in, "&"))
		}
		if got := string(v.text()); got != want || v.unknown != unknown {
			t.Errorf("%q is %q with %d unknown, want %q with %d", in, got, v.unknown, want, unknown)
		}
	}
}

// TestAttributes: the name must be whole, and its value in quotes.
func TestAttributes(t *testing.T) {
	for tag, want := range map[string]string{
		`object class="Page" package="x"`: "Page", `object class = 'Page'`: "Page", "object\n\tclass=\"a>b\"": "a>b", `object subclass="x" class="y"`: "y",
		`object x="class='no'" class="yes"`: "yes", `object class=Page`: "", `object class="Page`: "", `class="Page"`: "", `object`: "", `object class`: "",
	} {
		if got := string(attribute([]byte(tag), "class")); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}

// TestDescriptors: what a descriptor tells is taken where it makes sense.
func TestDescriptors(t *testing.T) {
	for text, want := range map[string]Descriptor{
		"":    {},
		"#\n": {},
		"createdByBuildNumber = 9012 \nversionNumber=8.5.6\ntimezoneId=Europe/Berlin\nexportType=all": {Tool: "Confluence 8.5.6", TimeZone: "Europe/Berlin", Build: "9012"},
		"createdByBuildNumber=9012":                 {Tool: "Confluence, build 9012", Build: "9012"},
		"createdByBuildNumber=9'; DROP":             {},
		"createdByVersionNumber=5.1":                {Tool: "Confluence 5.1"},
		"exportType=SPACE":                          {Scope: "It is an export of a space: nothing else of the site is in it."},
		"spaceKeys=A,B\nspaceKey=C\nexportType=all": {Scope: "It is an export of single spaces (A,B): nothing else of the site is in it."},
	} {
		a, _, err := readArchive(archive(t, nil, "entities.xml", someEntities, "exportDescriptor.properties", text), &memory{})
		if err != nil || a.Descriptor != want {
			t.Errorf("%q: %+v, %v", text, a, err)
		}
	}
}

// TestADamagedDescriptorIsNamed: without a word the scope and the build would be those of
// its first lines.
func TestADamagedDescriptorIsNamed(t *testing.T) {
	text := "exportType=all\n" + strings.Repeat("#a comment\n", 50) + "spaceKey=DOC\n"
	b := archive(t, nil, "entities.xml", someEntities, descriptorFile, text)
	const sum = "\x50\x4b\x07\x08" // of each file behind its bytes, as the writer lays it down
	if !strings.Contains(string(b), sum) {
		t.Fatal("another form of archive")
	}
	at := strings.LastIndex(string(b), sum) - 4
	b[at] ^= 0x55 // in the deflated bytes
	if _, _, err := readArchive(b, &memory{}); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), descriptorFile) {
		t.Errorf("a damaged descriptor: %v", err)
	}
	packed := archive(t, func(h *zip.FileHeader) {
		if h.Name == descriptorFile {
			h.Method = 9
		}
	}, "entities.xml", someEntities, descriptorFile, text)
	if _, _, err := readArchive(packed, &memory{}); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), descriptorFile+" is packed") {
		t.Errorf("a descriptor that is packed in another way: %v", err)
	}
}
