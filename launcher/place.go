package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"unicode/utf8"
)

// A place is a folder that may hold unpacked programs, one folder each, or why there is none.
type place struct {
	path string
	// none says why the system or a variable gives no such folder.
	none error
}

// places are the folders to try, best first. Who names one with GOREL_CACHE means that one only.
func places() []place {
	if named := os.Getenv("GOREL_CACHE"); named != "" {
		return []place{absolute("GOREL_CACHE="+named, named, nil)}
	}
	var all []place
	cache, err := os.UserCacheDir()
	all = append(all, absolute("the user's cache folder", cache, err, "gorel"))
	own := "gorel-" + user()
	all = append(all, absolute("the folder for temporary files", os.TempDir(), nil, own))
	if runtime.GOOS == "linux" {
		all = append(all, place{path: "/dev/shm/" + own})
	}
	return all
}

// absolute is the place below a folder. A relative one would have the program run from the very
// repository that it is called in, which other people write.
func absolute(what, folder string, err error, below ...string) place {
	if err != nil {
		return place{path: what, none: err}
	}
	if !filepath.IsAbs(folder) {
		return place{path: what, none: errors.New("not an absolute path")}
	}
	if !utf8.ValidString(folder) {
		return place{path: what, none: errors.New("not UTF-8, which Deno needs")}
	}
	return place{path: filepath.Join(append([]string{folder}, below...)...)}
}

// of is the folder in this place that a pack is unpacked into.
func (at place) of(p *pack) string {
	return filepath.Join(at.path, p.ID)
}

// trusted reports why a place does not count: only this user, or root, may be able to change what
// lies in it, or to put another folder where it is.
func (at place) trusted() error {
	if at.none != nil {
		return at.none
	}
	info, err := os.Lstat(at.path)
	if err != nil {
		return err
	}
	if err := folder(info); err != nil {
		return err
	}
	return guarded(filepath.Dir(at.path))
}

// make makes a place that is not there yet, but not in a folder of somebody else: what root makes in
// a user's home, which sudo may still call HOME, that user's own programs cannot write.
func (at place) make() error {
	if at.none != nil {
		return at.none
	}
	if err := guarded(filepath.Dir(at.path)); err != nil {
		return err
	}
	return os.MkdirAll(at.path, 0o700)
}

// guarded reports who else may rename what lies in a folder, or in the nearest one that is there.
func guarded(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		return guarded(filepath.Dir(path))
	}
	if err != nil {
		return err
	}
	// Where everybody may write, as in /tmp, the sticky bit keeps what is ours in its place.
	if info.Mode()&fs.ModeSticky != 0 {
		return nil
	}
	if err := owned(info); err != nil {
		return fmt.Errorf("%s %w", path, err)
	}
	if info.Mode()&0o002 != 0 && runtime.GOOS != "windows" {
		return fmt.Errorf("%s may be written by everybody", path)
	}
	return nil
}

// folder reports why something is no folder that only this user, or root, can change.
func folder(info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New("a symbolic link")
	case !info.IsDir():
		return errors.New("not a folder")
	}
	return ours(info)
}
