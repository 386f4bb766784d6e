package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// wide are the character sets of several bytes that are decoded as PostgreSQL does,
// under its names in the form of normal. They were compared character by character
// with PostgreSQL 15: differences are in except. Its BIG5 (261 other characters),
// EUC_TW, JOHAB, the sets of 2004 and MULE_INTERNAL are not among them.
var wide = map[string]Wide{
	"eucjp": {japanese.EUCJP, eucLength, eucJP},
	"sjis":  {japanese.ShiftJIS, sjisLength, nil}, "shiftjis": {japanese.ShiftJIS, sjisLength, nil},
	"mskanji": {japanese.ShiftJIS, sjisLength, nil}, "win932": {japanese.ShiftJIS, sjisLength, nil}, "windows932": {japanese.ShiftJIS, sjisLength, nil},
	"euckr": {korean.EUCKR, twoLength, korea}, "uhc": {korean.EUCKR, twoLength, korea},
	"win949": {korean.EUCKR, twoLength, korea}, "windows949": {korean.EUCKR, twoLength, korea},
	"euccn": {simplifiedchinese.GBK, twoLength, map[string]rune{"\xa1\xa4": 0x30fb, "\xa1\xaa": 0x2015}},
	"gbk":   {simplifiedchinese.GBK, twoLength, nil}, "win936": {simplifiedchinese.GBK, twoLength, nil}, "windows936": {simplifiedchinese.GBK, twoLength, nil},
	"gb18030": {simplifiedchinese.GB18030, gbLength, map[string]rune{"\xa3\xa0": 0xe5e5, "\x84\x31\xa4\x37": utf8.RuneError}},
}

var korea = map[string]rune{"\xa2\xe8": 0x327e}

// The ends of two rows of EUC_JP's third set, up to the cell 0xfe, with noCharacter
// where there is none.
const (
	noCharacter = '〓'
	jpRowF3     = "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ〓〓"
	jpRowF4     = "＇＂〓〓〓炻仼僴凬匇匤﨎咊坙﨏塚增寬峵嵓﨑德悅愠敎昻晥晴朗栁﨓﨔橫櫢淸淲瀨凞猪甁皂皞益礰礼神祥福竧靖精綠緖羽荢﨟薰蘒﨡蠇諸譿賴赶﨣﨤逸郞都鄕﨧﨨閒隆﨩霻靍靑飯飼館馞髙魲鶴黑"
)

// eucJP are the characters of IBM's that PostgreSQL writes in the third set, and one
// that it reads as another.
var eucJP = func() map[string]rune {
	m := map[string]rune{"\x8f\xa2\xc3": 0xffe4}
	for row, text := range map[byte]string{0xf3: jpRowF3, 0xf4: jpRowF4} {
		cell := byte(0xfe - utf8.RuneCountInString(text)) // the last one is 0xfe
		for _, r := range text {
			if cell++; r != noCharacter {
				m[string([]byte{0x8f, row, cell})] = r
			}
		}
	}
	return m
}()

// Wide is a character set in which a character takes several bytes. Some of these may
// be those of ASCII, also a backslash: text has to be decoded before anything is
// looked for in it.
type Wide struct {
	set    encoding.Encoding
	length func(first, second byte) int // of a character whose first byte is not ASCII
	except map[string]rune
}

// FindWide returns the character set of a name of PostgreSQL's, whatever its case and
// signs. It reports false for one that is not decoded exactly as PostgreSQL does.
func FindWide(name string) (Wide, bool) {
	w, ok := wide[normal(name)]
	return w, ok
}

func twoLength(byte, byte) int { return 2 }

func eucLength(first, _ byte) int {
	if first == 0x8f {
		return 3
	}
	return 2
}

func sjisLength(first, _ byte) int {
	if first >= 0xa1 && first <= 0xdf { // half-width katakana
		return 1
	}
	return 2
}

func gbLength(_, second byte) int {
	if second >= '0' && second <= '9' {
		return 4
	}
	return 2
}

// Decoder turns text of a character set into UTF-8. What means nothing in it becomes
// U+FFFD. It is a transform.Transformer.
type Decoder struct {
	transform.NopResetter
	Lost int64 // how often something meant nothing

	wide Wide
	one  *encoding.Decoder // of one character
}

// NewDecoder returns a Decoder at the beginning of a text.
func (w Wide) NewDecoder() *Decoder { return &Decoder{wide: w, one: w.set.NewDecoder()} }

// longest is the longest character, decoded, and what a decoder wants room for.
const longest = 2 * utf8.UTFMax

// Transform implements transform.Transformer.
func (d *Decoder) Transform(to, from []byte, atEOF bool) (written, read int, err error) {
	for read < len(from) {
		if from[read] < utf8.RuneSelf {
			n := min(plain(from[read:]), len(to)-written)
			if n == 0 {
				return written, read, transform.ErrShortDst
			}
			copy(to[written:], from[read:read+n])
			written, read = written+n, read+n
			continue
		}
		if len(to)-written < longest {
			return written, read, transform.ErrShortDst
		}
		n, whole := d.next(from[read:])
		if !whole && !atEOF {
			return written, read, transform.ErrShortSrc
		}
		written += utf8.EncodeRune(to[written:], d.character(from[read:read+n]))
		read += n
	}
	return written, read, nil
}

// plain is how many bytes of ASCII b begins with.
func plain(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
}

// next is how many bytes the character takes that b begins with; of one that is cut
// or broken only the first, so that a line still ends where it does. It reports false
// if b may be too short to tell.
func (d *Decoder) next(b []byte) (n int, whole bool) {
	second := byte(0)
	if len(b) > 1 {
		second = b[1]
	}
	if n = d.wide.length(b[0], second); n > len(b) {
		return 1, false
	}
	for _, c := range b[1:n] {
		if c < '0' {
			return 1, true
		}
	}
	return n, true
}

// character decodes one.
func (d *Decoder) character(b []byte) rune {
	if r, ok := d.wide.except[string(b)]; ok {
		return r
	}
	var to [longest]byte
	d.one.Reset()
	n, _, err := d.one.Transform(to[:], b, true)
	r, size := utf8.DecodeRune(to[:n])
	if err != nil || r == utf8.RuneError || size != n {
		d.Lost++
		return utf8.RuneError
	}
	return r
}
