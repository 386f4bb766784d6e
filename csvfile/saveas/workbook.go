package saveas

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"unicode/utf8"

	"sluice/csvfile"
	"sluice/wording"
)

// What a workbook holds.
const (
	mostRows    = 1 << 20 // of a sheet, with its header
	mostColumns = 1 << 14
	mostCell    = 32767 // units of UTF-16 of a cell
	// mostSheet is how many bytes a sheet has before it is packed, at most: beyond 4 GB
	// the archive takes a form that Excel refuses.
	mostSheet = 3 << 30
	// exactDigits is how many digits a spreadsheet keeps of a number.
	exactDigits = 15
)

// workbook writes a workbook, sheet by sheet, straight into the archive that it is: the
// library for them (excelize) holds the whole archive in memory, cuts long cells without a
// word, and needs three times the space. Rows that one sheet does not hold go on in the
// next. Texts are texts, whatever they look like: no formula is ever made of one. Numbers
// of up to 15 digits are numbers where all of a column are, and times stay text.
type workbook struct {
	s       *saving
	zip     *zip.Writer
	w       *bufio.Writer // of the current sheet
	buf     []byte
	sheets  int
	rows    int   // of the current sheet
	bytes   int64 // the same
	numbers []bool
	names   [][]byte
	limit   int // rows of a sheet
}

// sheetRows is mostRows, but in tests.
var sheetRows = mostRows

func newWorkbook(s *saving) (*workbook, error) {
	if len(s.columns) > mostColumns {
		return nil, wording.Errorf("a workbook has %d columns at most, and there are %d", mostColumns, len(s.columns))
	}
	b := &workbook{s: s, zip: zip.NewWriter(s.file), limit: sheetRows}
	for i := range s.columns {
		c := &s.columns[i]
		if c.Type == csvfile.TypeInteger && c.digits > exactDigits {
			c.Type = csvfile.TypeText
		}
		b.numbers = append(b.numbers, c.Type == csvfile.TypeInteger || c.Type == csvfile.TypeDecimal)
		b.names = append(b.names, []byte(c.Name))
	}
	return b, b.begin()
}

const (
	sheetHead = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
	sheetFoot = `</sheetData></worksheet>`
)

// begin begins a sheet with the names of the columns.
func (b *workbook) begin() error {
	b.sheets++
	w, err := b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets))
	if err != nil {
		return err
	}
	b.w, b.rows, b.bytes = bufio.NewWriterSize(w, 256<<10), 0, 0
	if _, err := b.w.WriteString(sheetHead); err != nil {
		return err
	}
	return b.write(-1, b.names)
}

// end ends the sheet.
func (b *workbook) end() error {
	if _, err := b.w.WriteString(sheetFoot); err != nil {
		return err
	}
	return b.w.Flush()
}

func (b *workbook) row(number int64, cells [][]byte) error {
	if b.rows >= b.limit || b.bytes > mostSheet {
		if err := b.end(); err != nil {
			return err
		}
		if err := b.begin(); err != nil {
			return err
		}
	}
	return b.write(number, cells)
}

// write writes a row; the header has number -1.
func (b *workbook) write(number int64, cells [][]byte) error {
	b.rows++
	x := fmt.Appendf(b.buf[:0], `<row r="%d">`, b.rows)
	for i, cell := range cells {
		if len(cell) == 0 {
			continue
		}
		x = append(x, `<c r="`...)
		x = appendColumn(x, i)
		x = fmt.Appendf(x, `%d"`, b.rows)
		switch {
		case number >= 0 && b.numbers[i]:
			x = append(append(append(x, "><v>"...), cell...), "</v></c>"...) // as XML writes it
		case number >= 0 && b.s.columns[i].Type == csvfile.TypeBoolean:
			x = append(append(append(x, ` t="b"><v>`...), bit(cell)), "</v></c>"...)
		default:
			x = append(x, ` t="inlineStr"><is><t xml:space="preserve">`...)
			x = b.appendText(x, b.s.notes.valid(cell, number), number)
			x = append(x, "</t></is></c>"...)
		}
	}
	b.buf = append(x, "</row>"...)
	b.bytes += int64(len(b.buf))
	_, err := b.w.Write(b.buf)
	return err
}

// bit is true or false as a workbook has it.
func bit(cell []byte) byte {
	if cell[0] == 't' {
		return '1'
	}
	return '0'
}

// appendText appends a text as far as a cell holds it.
func (b *workbook) appendText(x, text []byte, number int64) []byte {
	units, odd := 0, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		units++
		if r > 0xffff {
			units++
		}
		if units > mostCell {
			b.s.notes.add(CutCells, number)
			break
		}
		switch {
		case r == '&':
			x = append(x, "&amp;"...)
		case r == '<':
			x = append(x, "&lt;"...)
		case r == '>':
			x = append(x, "&gt;"...)
		case r == 0 || r == 0xfffe || r == 0xffff:
			x, odd = append(x, "\ufffd"...), true
		case r < ' ' && r != '\t' && r != '\n': // as workbooks write what XML does not take
			x = fmt.Appendf(x, "_x%04X_", r)
		case r == '_' && escapes(text[i:]):
			x = append(x, "_x005F_"...)
		default:
			x = append(x, text[i:i+size]...)
		}
		i += size
	}
	if odd {
		b.s.notes.add(NotInXML, number)
	}
	return x
}

// escapes reports whether a text begins like what stands for another character.
func escapes(text []byte) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range text[2:6] {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}

// appendColumn appends the letters of a column: A to XFD.
func appendColumn(x []byte, i int) []byte {
	if i >= 26 {
		x = appendColumn(x, i/26-1)
	}
	return append(x, byte('A'+i%26))
}

func (b *workbook) close() error {
	if err := b.end(); err != nil {
		return err
	}
	for _, part := range bookParts(b.sheets) {
		w, err := b.zip.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, part.text); err != nil {
			return err
		}
	}
	if b.sheets > 1 {
		b.s.notes[Parts] = &Note{Kind: Parts, Count: int64(b.sheets), Row: -1}
	}
	return b.zip.Close()
}
