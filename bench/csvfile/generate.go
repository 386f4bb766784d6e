package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
)

// Needles are put into the files by the generator, rarely enough for a search.
const (
	plainNeedle  = "quarterly-needle"
	quotedNeedle = "Quarterly needle"
)

var (
	eventKeys = []string{"page_viewed", "page_created", "page_updated", "comment_created", "blog_viewed", "attachment_viewed"}
	words     = []string{"report", "meeting", "notes", "planning", "the", "of", "and", "service", "release", "review", "customer", "data"}
)

// writeRow appends row number id.
type writeRow func(b []byte, id int, rng *rand.Rand) []byte

// generate writes a CSV file of about size bytes, always the same one, unless it
// is there. Its first column counts rows from 0.
func generate(path, header string, size uint64, row writeRow) error {
	if st, err := os.Stat(path); err == nil && uint64(st.Size()) >= size {
		return nil
	}
	return write(path, header, func(_ int, written uint64) bool { return written < size }, row)
}

// generateRows writes a CSV file of so many rows, unless there is one.
func generateRows(path, header string, rows int, row writeRow) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	return write(path, header, func(id int, _ uint64) bool { return id < rows }, row)
}

// write writes rows as long as there are to be more.
func write(path, header string, more func(id int, written uint64) bool, row writeRow) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if _, err := w.WriteString(header); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(2026, 11))
	var b []byte
	for id, written := 0, uint64(len(header)); more(id, written); id++ {
		b = row(b[:0], id, rng)
		if _, err := w.Write(b); err != nil {
			return err
		}
		written += uint64(len(b))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

const plainHeader = "id,created,event,user_key,session,product,count,ok,note\n"

// plainRow is a row like those of an analytics export: about 119 bytes.
func plainRow(b []byte, id int, rng *rand.Rand) []byte {
	b = strconv.AppendInt(b, int64(id), 10)
	b = fmt.Appendf(b, ",2026-%02d-%02dT%02d:%02d:%02dZ,", 1+rng.IntN(12), 1+rng.IntN(28), rng.IntN(24), rng.IntN(60), rng.IntN(60))
	b = append(b, eventKeys[rng.IntN(len(eventKeys))]...)
	b = fmt.Appendf(b, ",%016x%04x,%08x,confluence,%d,true,", uint64(rng.IntN(5000))*0x9e3779b97f4a7c15, rng.IntN(1<<16), rng.Uint32(), rng.IntN(1000))
	b = append(b, words[rng.IntN(len(words))]...)
	b = append(b, ' ')
	b = append(b, words[rng.IntN(len(words))]...)
	if id%200_000 == 77_777 {
		b = append(b, ' ')
		b = append(b, plainNeedle...)
	}
	return append(b, '\n')
}

const quotedHeader = "id,title,space,creator,created,modified,status,version,labels,body,parent,url,a,b,c,d\n"

// quotedRow is a row of 16 columns with line breaks and doubled quotes in its
// cells: about 283 bytes, 12 quotes, 3 lines.
func quotedRow(b []byte, id int, rng *rand.Rand) []byte {
	b = strconv.AppendInt(b, int64(id), 10)
	b = append(b, `,"`...)
	b = appendWords(b, rng, 4)
	b = fmt.Appendf(b, `",SP%d,user%d,2026-%02d-%02dT08:00:00Z,2026-11-01T09:30:00Z,current,%d,"one, two","`, rng.IntN(400), rng.IntN(5000), 1+rng.IntN(12), 1+rng.IntN(28), rng.IntN(30))
	b = appendWords(b, rng, 7)
	if id%100_000 == 33_333 {
		b = append(b, quotedNeedle...)
	}
	b = append(b, "\nsaid \"\""...)
	b = appendWords(b, rng, 3)
	b = append(b, "\"\" and\n"...)
	b = appendWords(b, rng, 6)
	return fmt.Appendf(b, "\",%d,\"/pages/view?id=%d\",x,,y,%d\n", rng.IntN(1<<20), id, rng.IntN(100))
}

func appendWords(b []byte, rng *rand.Rand, n int) []byte {
	for i := range n {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, words[rng.IntN(len(words))]...)
	}
	return b
}
