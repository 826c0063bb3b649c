package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// install makes the pack's folder in a place, unless it is there and sound.
func (p *pack) install(at place) error {
	defer plainly()()
	if err := at.make(); err != nil {
		return err
	}
	if err := at.trusted(); err != nil {
		return err
	}
	bad := p.sound(at.of(p))
	if bad == nil {
		return nil
	}
	err := p.renew(at)
	if err != nil && !errors.Is(bad, fs.ErrNotExist) {
		return fmt.Errorf("something changed in %s (%w), and it cannot be unpacked again: %w", p.ID, bad, err)
	}
	return err
}

// renew unpacks, one process at a time. Whoever looks without the lock sees no folder, the old one
// or the whole new one.
func (p *pack) renew(at place) error {
	unlock, err := lock(at.of(p) + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	bad := p.sound(at.of(p))
	if bad == nil {
		return nil
	}
	// A start that was killed leaves these. The lock is ours, so nobody is at work on them.
	if old, err := filepath.Glob(literal(at.of(p)) + ".*.tmp"); err == nil {
		for _, path := range old {
			_ = os.RemoveAll(path)
		}
	}
	if err := room(at.path, p.size()); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(at.path, p.ID+".*.tmp")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := p.unpack(tmp); err != nil {
		return err
	}
	if err := p.sound(tmp); err != nil {
		return fmt.Errorf("just unpacked and wrong already: %w", err)
	}
	if _, err := os.Lstat(at.of(p)); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(tmp, at.of(p))
	}
	if err := replace(at.of(p), tmp); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "gorel: unpacked again, for something had changed in %s: %s\n",
		shown(at.of(p)), shown(bad.Error()))
	return nil
}

// replace puts a folder where a spoiled one, or anything else, is.
func replace(path, by string) error {
	aside := by + ".old.tmp"
	if err := os.Rename(path, aside); err != nil {
		return err
	}
	if err := os.Rename(by, path); err != nil {
		return err
	}
	// What cannot be removed now is tried again when this pack is next unpacked here.
	_ = os.RemoveAll(aside)
	return nil
}

// unpack writes all files into a folder and gives the large ones their time.
func (p *pack) unpack(dir string) error {
	if err := os.Mkdir(filepath.Join(dir, cacheName), 0o700); err != nil {
		return err
	}
	for _, archive := range []string{appArchive, denoArchive} {
		if err := p.extract(archive, dir); err != nil {
			return err
		}
	}
	return nil
}

func (p *pack) extract(archive, dir string) error {
	// The window with which scripts/compile packs Deno at its best.
	packed, err := zstd.NewReader(strings.NewReader(archive),
		zstd.WithDecoderMaxWindow(1<<27), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer packed.Close()
	files := make(map[string]file, len(p.Files))
	for _, f := range p.Files {
		files[f.Name] = f
	}
	for entries := tar.NewReader(packed); ; {
		entry, err := entries.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		f, known := files[entry.Name]
		if !known || entry.Typeflag != tar.TypeReg {
			return fmt.Errorf("%s does not belong in the archive", entry.Name)
		}
		if err := p.write(f, dir, entries); err != nil {
			return err
		}
	}
}

func (p *pack) write(f file, dir string, from io.Reader) error {
	path := filepath.Join(dir, filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	mode := fs.FileMode(0o600)
	if f.Name == p.Exe {
		mode = 0o700
	}
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer to.Close()
	if f.Each {
		if _, err := io.Copy(to, from); err != nil {
			return err
		}
		return to.Close()
	}
	// From now on its time alone stands for its content: that has to be on the disk before.
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(to, sum), from); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.Sum {
		return fmt.Errorf("%s in the archive has another content", f.Name)
	}
	if err := to.Sync(); err != nil {
		return err
	}
	if err := to.Close(); err != nil {
		return err
	}
	return os.Chtimes(path, f.mtime(), f.mtime())
}

// literal is a path as a pattern of filepath.Glob that stands for just this path.
func literal(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
