package csvfile

import (
	"strings"
	"testing"
)

// TestNotTable: what is something else than a table is told by how it begins, and the cells of
// tables are not taken for it.
func TestNotTable(t *testing.T) {
	for _, c := range []struct {
		kind  FindingKind
		texts []string
	}{
		{WebPage, []string{
			"<!DOCTYPE html>\n<html>", "  <HTML lang=\"en\">", "<body>x</body>", "<!-- made -->\n<!-- twice -->\n<html>x", "<!-- " + strings.Repeat("x", 5000) + " --><!doctype HTML>",
			"<table><tr><td>1</td></tr></table>\n", "<script>location=\"/login\"</script>", "<meta http-equiv=refresh>\n<p>x", "<?xml version=\"1.0\"?>\n<!DOCTYPE html>",
			"<?xml version=\"1.0\"?><rows/>", "<Error><Code>AccessDenied</Code><ErrorId>1</ErrorId></Error>\n", "<soap:Envelope xmlns:soap=\"x\"><soap:Body/></soap:Envelope>", "<svg xmlns=\"x\"></svg>", "<none/>",
		}},
		{JSONText, []string{
			"{\"error\":\"no\"}", "{}", "[]", "[\"a\",\"b\"]", "[1,2,3]\n", "[[1,2],[3,4]]", "{\"a\":1}\n{\"a\":2}\n", "{\n  \"a\": {\"b\": [1, 2", "[{\"a\": \"" + strings.Repeat("x", 5000),
			"[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19", "{\"a\":1}{\"a\":2}",
		}},
		{"", []string{
			"", "a", "<", "<none>,name\n1,x\n", "<id>;<name>\n1;x\n", "<title>;<link>\nx;y\n", "<title\n", "<5,6\n7,8\n", "<b>x</b>,1\n<b>y</b>,2\n", "<b>x</b>\n<b>y</b>\n", "<p>x</p>,1\n<p>y</p>,2\n", "<!-- a,b\n1,2\n", "<tr>;1\n",
			"[id],[name]\n1,x\n", "{id},{name}\n1,x\n", "[1],[2]\n[3],[4]\n", "{\"a\": 1},x\n", "[a", "{", "{'a': 1}\n", "id,{\"a\":1}\n",
		}},
	} {
		for _, text := range c.texts {
			if kind, said := notTable([]byte(text), true); kind != c.kind || (said.Format == "") != (kind == "") {
				t.Errorf("%.60q is taken for %q, %q, want %q", text, kind, said.Format, c.kind)
			}
		}
	}
	if kind, _ := notTable([]byte("<Error><Code>x</Code></Error>"), false); kind != "" {
		t.Errorf("a text that goes on is taken for %s", kind)
	}
	tar := "pages.csv" + strings.Repeat("\x00", 248) + "ustar\x0000" + strings.Repeat("\x00", 249) + "a,b\n1,2\n"
	for _, content := range []string{tar, gzipped(t, tar)} {
		if _, err := Open(t.Context(), writeFile(t, content)); err == nil || !strings.Contains(err.Error(), "tar archive") {
			t.Errorf("a tar archive: %v", err)
		}
	}
}
