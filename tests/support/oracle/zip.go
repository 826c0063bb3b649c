package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	modzip "golang.org/x/mod/zip"
)

// file is an entry of a list that is to become a module zip. Without content it is
// Size bytes long, which nobody reads but for go.mod.
type file struct {
	Name    text
	Mode    fs.FileMode
	Size    int64
	Content []byte
}

func (f file) Path() string                 { return string(f.Name) }
func (f file) Lstat() (os.FileInfo, error)  { return info{f}, nil }
func (f file) Open() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Content)), nil }

type info struct{ file }

func (i info) Name() string       { return string(i.file.Name) }
func (i info) Mode() fs.FileMode  { return i.file.Mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.file.Mode.IsDir() }
func (i info) Sys() any           { return nil }
func (i info) Size() int64 {
	if i.Content != nil {
		return int64(len(i.Content))
	}
	return i.file.Size
}

func fileErrors(list []modzip.FileError) [][2]string {
	out := [][2]string{}
	for _, e := range list {
		out = append(out, [2]string{e.Path, e.Err.Error()})
	}
	return out
}

func init() {
	add(map[string]any{
		// Valid, omitted and invalid files, the latter two as [path, reason], and the error of the size.
		"zip.CheckFiles": func(files []file) ([]string, [][2]string, [][2]string, error) {
			list := []modzip.File{}
			for _, f := range files {
				list = append(list, f)
			}
			checked, _ := modzip.CheckFiles(list)
			return append([]string{}, checked.Valid...), fileErrors(checked.Omitted),
				fileErrors(checked.Invalid), checked.SizeError
		},
		// The zip of files.
		"zip.Create": func(path, version string, files []file) ([]byte, error) {
			list := []modzip.File{}
			for _, f := range files {
				list = append(list, f)
			}
			var out bytes.Buffer
			err := modzip.Create(&out, module.Version{Path: path, Version: version}, list)
			return out.Bytes(), err
		},
		// What is wrong with a zip, and its hash.
		"zip.CheckZip": func(path, version string, content []byte) (string, error) {
			name, err := temporary(content)
			if err != nil {
				return "", err
			}
			defer os.Remove(name)
			checked, err := modzip.CheckZip(module.Version{Path: path, Version: version}, name)
			if err == nil {
				err = checked.Err()
			}
			if err != nil {
				return "", err
			}
			return dirhash.HashZip(name, dirhash.Hash1)
		},
		"dirhash.HashZip": func(content []byte) (string, error) {
			name, err := temporary(content)
			if err != nil {
				return "", err
			}
			defer os.Remove(name)
			return dirhash.HashZip(name, dirhash.Hash1)
		},
		"dirhash.Hash1": func(names []text, contents [][]byte) (string, error) {
			if len(names) != len(contents) {
				return "", errors.New("a content for every name")
			}
			list, byName := []string{}, map[string][]byte{}
			for i, name := range names {
				list = append(list, string(name))
				byName[string(name)] = contents[i]
			}
			return dirhash.Hash1(list, func(name string) (io.ReadCloser, error) {
				return io.NopCloser(bytes.NewReader(byName[name])), nil
			})
		},
	})
}

func temporary(content []byte) (string, error) {
	f, err := os.CreateTemp("", "oracle-*.zip")
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.Write(content)
	return f.Name(), err
}
