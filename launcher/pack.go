package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"time"
)

// What scripts/compile puts into pack/ beside this file: tar archives, compressed with zstd, and
// what has to be in them. Strings, so that a start that needs no unpacking reads none of it.
var (
	//go:embed pack/pack.json
	packJSON []byte
	//go:embed pack/deno.zst
	denoArchive string
	//go:embed pack/app.zst
	appArchive string
)

// A pack is the program and the Deno that it runs on.
type pack struct {
	// ID names the folder it is unpacked into: a hash of Args and Files.
	ID string
	// Exe is the name of Deno among Files.
	Exe string
	// Args stand before the user's own arguments; "{dir}" in them is the folder.
	Args  []string
	Files []file
}

// A file is one that must be there, and nothing else may be.
type file struct {
	// Name is its path in the folder, with slashes.
	Name string
	// Size counts bytes.
	Size int64
	// Sum is its SHA-256 in hexadecimal.
	Sum string
	// Each says that the file is hashed at every start. The others, which are large, are hashed
	// unless they have the time that only unpacking gives them.
	Each bool
}

func readPack() (*pack, error) {
	p := new(pack)
	if err := json.Unmarshal(packJSON, p); err != nil {
		return nil, fmt.Errorf("what is packed into this file cannot be read: %w", err)
	}
	return p, nil
}

// size is the room that the unpacked files take, in bytes.
func (p *pack) size() int64 {
	var n int64
	for _, f := range p.Files {
		n += f.Size
	}
	return n
}

// mtime is the time that unpacking gives a file that is not hashed at each start. It lies in the
// years 2001 to 2010 and depends on the content: the file of another version has another one, also
// when it was copied with its time. Even, for file systems that count in steps of two seconds.
func (f file) mtime() time.Time {
	var n uint32
	_, _ = fmt.Sscanf(f.Sum, "%8x", &n)
	return time.Unix(1_000_000_000+int64(n&0xfff_fffe), 0)
}
