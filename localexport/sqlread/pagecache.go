package sqlread

import (
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// The page cache of the translated SQLite is built so that all connections of a
// process share one list of pages behind one lock, which several readers spend
// their time waiting for. This one, which SQLite takes through its documented
// interface (sqlite3_pcache_methods2), gives each database of a connection pages
// of its own and needs no lock, since SQLite serialises the calls for one cache.
// It is installed for the whole process, before SQLite is first used.
//
// Everything lies in memory of SQLite's allocator, because SQLite keeps pointers
// into it.

// pageCache is the cache of one open database.
type pageCache struct {
	buckets   uintptr // array of chains of pages, by key
	mask      uint32  // number of chains - 1
	max       uint32  // pages that are kept
	pages     uint32  // all
	idle      uint32  // not in use
	newest    uintptr // pages not in use, by when they were last used
	oldest    uintptr
	pageSize  uintptr
	extraSize uintptr
	purgeable bool // false for databases in memory, whose pages must be kept
}

// cachePage is a page of a cache. It starts with what SQLite sees of it
// (sqlite3_pcache_page); the two buffers lie behind it.
type cachePage struct {
	buf, extra   uintptr
	next         uintptr // in its chain
	newer, older uintptr // while it is not in use
	key          uint32
	unused       bool
}

const (
	pageHead    = (unsafe.Sizeof(cachePage{}) + 15) &^ 15
	fewBuckets  = 256
	pointerSize = unsafe.Sizeof(uintptr(0))
)

func cacheAt(p uintptr) *pageCache { return (*pageCache)(pointer(p)) }
func pageAt(p uintptr) *cachePage  { return (*cachePage)(pointer(p)) }

// chain is where the chain of a key starts.
func (c *pageCache) chain(key uint32) *uintptr {
	return (*uintptr)(pointer(c.buckets + uintptr(key&c.mask)*pointerSize))
}

// find returns the page with the key, or 0.
func (c *pageCache) find(key uint32) uintptr {
	p := *c.chain(key)
	for p != 0 && pageAt(p).key != key {
		p = pageAt(p).next
	}
	return p
}

// use takes a page off the list of those that are not in use.
func (c *pageCache) use(x *cachePage) {
	if !x.unused {
		return
	}
	x.unused = false
	c.idle--
	if x.newer != 0 {
		pageAt(x.newer).older = x.older
	} else {
		c.newest = x.older
	}
	if x.older != 0 {
		pageAt(x.older).newer = x.newer
	} else {
		c.oldest = x.newer
	}
	x.newer, x.older = 0, 0
}

// file puts a page under a key.
func (c *pageCache) file(p uintptr, key uint32) {
	x := pageAt(p)
	x.key = key
	start := c.chain(key)
	x.next = *start
	*start = p
	c.pages++
}

// remove takes a page out of the cache; its memory stays.
func (c *pageCache) remove(p uintptr) {
	x := pageAt(p)
	c.use(x)
	at := c.chain(x.key)
	for *at != p {
		at = &pageAt(*at).next
	}
	*at = x.next
	c.pages--
}

// grow doubles the number of chains; without memory it leaves them as they are.
func (c *pageCache) grow(tls *libc.TLS) {
	n := uintptr(c.mask+1) * 2
	buckets := libc.Xcalloc(tls, libc.Tsize_t(n), libc.Tsize_t(pointerSize))
	if buckets == 0 {
		return
	}
	old, count := c.buckets, uintptr(c.mask)+1
	c.buckets, c.mask, c.pages = buckets, uint32(n-1), 0
	for i := range count {
		p := *(*uintptr)(pointer(old + i*pointerSize))
		for p != 0 {
			next := pageAt(p).next
			c.file(p, pageAt(p).key)
			p = next
		}
	}
	libc.Xfree(tls, old)
}

// trim frees the pages that were not in use for longest until there are at most
// max pages.
func (c *pageCache) trim(tls *libc.TLS, most uint32) {
	for c.pages > most && c.oldest != 0 {
		p := c.oldest
		c.remove(p)
		libc.Xfree(tls, p)
	}
}

// ownInit and ownShutdown are functions of SQLite's own cache. It is prepared
// all the same: SQLite takes other buffers from it, under a lock that it makes
// there.
var ownInit, ownShutdown uintptr

func cacheInit(tls *libc.TLS, arg uintptr) int32 {
	return (*(*func(*libc.TLS, uintptr) int32)(unsafe.Pointer(&ownInit)))(tls, arg)
}

func cacheShutdown(tls *libc.TLS, arg uintptr) {
	(*(*func(*libc.TLS, uintptr))(unsafe.Pointer(&ownShutdown)))(tls, arg)
}

func cacheCount(_ *libc.TLS, p uintptr) int32 { return int32(cacheAt(p).pages) }

func cacheCreate(tls *libc.TLS, pageSize, extraSize, purgeable int32) uintptr {
	p := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(pageCache{})))
	if p == 0 {
		return 0
	}
	c := cacheAt(p)
	c.buckets = libc.Xcalloc(tls, fewBuckets, libc.Tsize_t(pointerSize))
	if c.buckets == 0 {
		libc.Xfree(tls, p)
		return 0
	}
	c.mask = fewBuckets - 1
	c.pageSize, c.extraSize, c.purgeable = (uintptr(pageSize)+15)&^15, uintptr(extraSize), purgeable != 0
	return p
}

func cacheSize(tls *libc.TLS, p uintptr, n int32) {
	c := cacheAt(p)
	c.max = uint32(max(n, 0))
	if c.purgeable {
		c.trim(tls, c.max)
	}
}

// cacheFetch returns the page with the key. If there is none, create says what
// to do: 0 nothing, 1 make one if that is easy, 2 make one by all means.
func cacheFetch(tls *libc.TLS, p uintptr, key uint32, create int32) uintptr {
	c := cacheAt(p)
	if found := c.find(key); found != 0 {
		c.use(pageAt(found))
		return found
	}
	// SQLite writes changed pages to the file when one is refused.
	if create == 0 || create == 1 && c.purgeable && c.pages-c.idle >= c.max-c.max/10 {
		return 0
	}
	var fresh uintptr
	if c.purgeable && c.pages >= c.max && c.oldest != 0 {
		fresh = c.oldest
		c.remove(fresh)
	} else {
		fresh = libc.Xmalloc(tls, libc.Tsize_t(pageHead+c.pageSize+c.extraSize))
		if fresh == 0 {
			return 0
		}
		if c.pages > c.mask {
			c.grow(tls)
		}
		*pageAt(fresh) = cachePage{buf: fresh + pageHead, extra: fresh + pageHead + c.pageSize}
	}
	*(*uintptr)(pointer(pageAt(fresh).extra)) = 0 // tells SQLite that the page is new
	c.file(fresh, key)
	return fresh
}

func cacheUnpin(tls *libc.TLS, p, at uintptr, discard int32) {
	c, x := cacheAt(p), pageAt(at)
	if discard != 0 || c.purgeable && c.pages > c.max {
		c.remove(at)
		libc.Xfree(tls, at)
		return
	}
	x.unused = true
	c.idle++
	x.older = c.newest
	if c.newest != 0 {
		pageAt(c.newest).newer = at
	} else {
		c.oldest = at
	}
	c.newest = at
}

func cacheRekey(tls *libc.TLS, p, at uintptr, _, key uint32) {
	c := cacheAt(p)
	if other := c.find(key); other != 0 && other != at {
		c.remove(other)
		libc.Xfree(tls, other)
	}
	unused := pageAt(at).unused
	c.remove(at)
	c.file(at, key)
	if unused {
		cacheUnpin(tls, p, at, 0)
	}
}

// cacheTruncate drops the pages from a key on, in use or not.
func cacheTruncate(tls *libc.TLS, p uintptr, from uint32) {
	c := cacheAt(p)
	for i := range c.mask + 1 {
		at := *c.chain(i)
		for at != 0 {
			next := pageAt(at).next
			if pageAt(at).key >= from {
				c.remove(at)
				libc.Xfree(tls, at)
			}
			at = next
		}
	}
}

func cacheDestroy(tls *libc.TLS, p uintptr) {
	cacheTruncate(tls, p, 0)
	libc.Xfree(tls, cacheAt(p).buckets)
	libc.Xfree(tls, p)
}

func cacheShrink(tls *libc.TLS, p uintptr) {
	if c := cacheAt(p); c.purgeable {
		c.trim(tls, 0)
	}
}

// pageCacheError is the result of installing the cache; with any but SQLITE_OK
// SQLite uses its own.
var pageCacheError = installPageCache()

func installPageCache() int32 {
	tls := libc.NewTLS()
	defer tls.Close()
	m := lib.Tsqlite3_pcache_methods2{
		FiVersion: 1,
		FxInit: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr) int32
		}{cacheInit})),
		FxShutdown: *(*uintptr)(unsafe.Pointer(&struct{ f func(*libc.TLS, uintptr) }{cacheShutdown})),
		FxCreate: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, int32, int32, int32) uintptr
		}{cacheCreate})),
		FxCachesize: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr, int32)
		}{cacheSize})),
		FxPagecount: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr) int32
		}{cacheCount})),
		FxFetch: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr, uint32, int32) uintptr
		}{cacheFetch})),
		FxUnpin: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr, uintptr, int32)
		}{cacheUnpin})),
		FxRekey: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr, uintptr, uint32, uint32)
		}{cacheRekey})),
		FxTruncate: *(*uintptr)(unsafe.Pointer(&struct {
			f func(*libc.TLS, uintptr, uint32)
		}{cacheTruncate})),
		FxDestroy: *(*uintptr)(unsafe.Pointer(&struct{ f func(*libc.TLS, uintptr) }{cacheDestroy})),
		FxShrink:  *(*uintptr)(unsafe.Pointer(&struct{ f func(*libc.TLS, uintptr) }{cacheShrink})),
	}
	at := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(m)))
	args := libc.Xmalloc(tls, 16)
	if at == 0 || args == 0 {
		return lib.SQLITE_NOMEM
	}
	defer libc.Xfree(tls, at)
	defer libc.Xfree(tls, args)
	own := (*lib.Tsqlite3_pcache_methods2)(pointer(at))
	if rc := lib.Xsqlite3_config(tls, lib.SQLITE_CONFIG_GETPCACHE2, libc.VaList(args, at)); rc != lib.SQLITE_OK {
		return rc
	}
	ownInit, ownShutdown = own.FxInit, own.FxShutdown
	*own = m
	return lib.Xsqlite3_config(tls, lib.SQLITE_CONFIG_PCACHE2, libc.VaList(args, at))
}
