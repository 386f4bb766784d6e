package redact

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sluice/secret"
	"sluice/wholefile"
	"sluice/wording"
)

// Key makes pseudonyms. It is a secret: whoever has it can find out whose pseudonym one
// is by trying names. No print shows it.
type Key struct{ bytes [keySize]byte }

const keySize = 32

// Format keeps the key out of every print.
func (Key) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[key]") }

// MarshalText keeps the key out of JSON.
func (Key) MarshalText() ([]byte, error) { return []byte("[key]"), nil }

// ID tells keys apart, and nothing of them.
func (k *Key) ID() string { return k.of("id of the key", "") }

// of tells texts apart for who has the key.
func (k *Key) of(domain, text string) string {
	h := hmac.New(sha256.New, k.bytes[:])
	h.Write([]byte(domain + "\x00" + text))
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// The domains of pseudonyms: a person and a space of the same spelling have others.
const (
	domainPerson = "person"
	domainSpace  = "space"
	domainText   = "text"
)

// pseudonymSize is how many bytes of the hash a pseudonym has: by chance two people
// have the same one in a house of 10^15.
const pseudonymSize = 16

// NewKey is a key that is nowhere kept.
func NewKey() *Key {
	k := &Key{}
	rand.Read(k.bytes[:]) // which never fails
	return k
}

// KeyFile is where the key lies in a home.
func KeyFile(home string) string { return filepath.Join(home, "redaction.key") }

// LoadKey reads the key, or makes it at first use: made is true then. The file is its
// owner's; warn is told if others can read it.
func LoadKey(path string, warn func(string)) (k *Key, made bool, err error) {
	k, err = readKey(path, warn)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, false, err
	}
	if err := makeKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, false, wording.Errorf("make the key for pseudonyms: %w", err)
	} else {
		made = err == nil
	}
	k, err = readKey(path, warn) // of two that make it at once, both have that of the first
	return k, made, err
}

func readKey(path string, warn func(string)) (*Key, error) {
	text, err := secret.ReadText(path, "the key for pseudonyms", warn)
	if err != nil {
		return nil, wording.Errorf("read the key for pseudonyms: %w", err)
	}
	b, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) != keySize {
		return nil, wording.Errorf("%s is no key for pseudonyms, which has %d hexadecimal digits: put the right one there; without it, nobody gets the pseudonyms of before", path, 2*keySize)
	}
	return &Key{[keySize]byte(b)}, nil
}

// makeKey puts a new key at path unless there is one.
func makeKey(path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	b := NewKey().bytes
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+wholefile.Suffix) // 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.WriteString(hex.EncodeToString(b[:]) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil { // never over another key
		return err
	}
	return wholefile.SyncDir(filepath.Dir(path))
}
