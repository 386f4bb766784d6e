package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTable(t *testing.T) {
	header := []string{"page_id", "page_title", "page_content"}
	rows := [][]string{
		{"98305", "Größe", "<p>one</p>\n<p>two</p>"},
		{"98306", "文件", strings.Repeat("x", 50)},
		{"98307"},
	}
	for _, c := range []struct {
		name  string
		width int
		want  string
	}{
		{"wide", 80, "" +
			"row  page_id  page_title  page_content\n" +
			"  7  98305    Größe       <p>one</p>¶<p>two</p>\n" +
			"  8  98306    文件        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n" +
			"  9  98307\n"},
		{"narrow", 30, "" +
			"row  page_id  page_title  pag…\n" +
			"  7  98305    Größe       <p>…\n" +
			"  8  98306    文件        xxx…\n" +
			"  9  98307\n"},
		{"too narrow for all", 24, "" +
			"row  page_id  page_title\n" +
			"  7  98305    Größe\n" +
			"  8  98306    文件\n" +
			"  9  98307\n" +
			"2 of 3 columns shown: the others do not fit\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			table(&b, header, rows, []string{"7", "8", "9"}, c.width)
			if diff := cmp.Diff(c.want, b.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
