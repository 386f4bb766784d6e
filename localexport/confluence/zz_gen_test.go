package confluence

import (
	"os"
	"strconv"
	"testing"

	"sluice/localexport/demo"
)

func TestZZGen(t *testing.T) {
	out := os.Getenv("GEN_OUT")
	if out == "" {
		t.Skip()
	}
	n, _ := strconv.Atoi(os.Getenv("GEN_PAGES"))
	if _, err := demo.Write(t.Context(), out, demo.Options{Pages: n, Seed: 1}); err != nil {
		t.Fatal(err)
	}
}
