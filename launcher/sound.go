package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
)

// cacheName is Deno's own folder inside the unpacked one; what it keeps there it checks itself.
const cacheName = "cache"

// sound reports what is wrong with an unpacked folder: every file has to be there, regular, of its
// size and content, changeable by nobody else, and no file may have come to them.
func (p *pack) sound(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if err := folder(info); err != nil {
		return err
	}
	wanted := make(map[string]file, len(p.Files))
	for _, f := range p.Files {
		wanted[f.Name] = f
	}
	var hashed []file
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if err := folder(info); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if name == cacheName {
				return filepath.SkipDir
			}
			return nil
		}
		f, known := wanted[name]
		if !known {
			return fmt.Errorf("%s does not belong there", name)
		}
		delete(wanted, name)
		if err := p.like(f, info); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if f.Each || !info.ModTime().Equal(f.mtime()) {
			hashed = append(hashed, f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range p.Files {
		if _, missing := wanted[f.Name]; missing {
			return fmt.Errorf("%s is missing", f.Name)
		}
	}
	return hashes(dir, hashed)
}

// like reports what is wrong with a file, as far as its entry in the folder says.
func (p *pack) like(f file, info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return errors.New("not a regular file")
	case info.Size() != f.Size:
		return fmt.Errorf("%d bytes instead of %d", info.Size(), f.Size)
	case f.Name == p.Exe && info.Mode()&0o100 == 0 && runtime.GOOS != "windows":
		return errors.New("may not be run")
	}
	return ours(info)
}

// hashes reads files, several at a time, and reports those whose content is not their own.
func hashes(dir string, files []file) error {
	wrong := make([]error, len(files))
	var next atomic.Int64
	var readers sync.WaitGroup
	for range min(4, runtime.GOMAXPROCS(0)) {
		readers.Go(func() {
			// One for all: most of the time would go into making new ones.
			buffer := make([]byte, 1<<18)
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				wrong[i] = files[i].holds(dir, buffer)
			}
		})
	}
	readers.Wait()
	return errors.Join(wrong...)
}

// holds reports whether a file has its content.
func (f file) holds(dir string, buffer []byte) error {
	sum := sha256.New()
	if err := read(filepath.Join(dir, filepath.FromSlash(f.Name)), sum, buffer); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.Sum {
		return fmt.Errorf("%s has another content", f.Name)
	}
	return nil
}
