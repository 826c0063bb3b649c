package main

import (
	"go/build"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
)

// An importSpec is an import as go/parser reads it; offsets count bytes.
type importSpec struct {
	Name, Path string
	Start, End int
}

func init() {
	add(map[string]any{
		// The imports of a file, and whether all of it could be parsed.
		"parser.Imports": func(source []byte) ([]importSpec, bool) {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, "", source, parser.ParseComments|parser.SkipObjectResolution)
			specs := []importSpec{}
			if file == nil {
				return specs, false
			}
			for _, spec := range file.Imports {
				path, _ := strconv.Unquote(spec.Path.Value)
				name := ""
				if spec.Name != nil {
					name = spec.Name.Name
				}
				specs = append(specs, importSpec{name, path, files.Position(spec.Pos()).Offset, files.Position(spec.End()).Offset})
			}
			return specs, err == nil
		},
		"format.Source": func(source []byte) ([]byte, error) { return format.Source(source) },
		"build.ImportComment": func(source []byte) string {
			context := build.Default
			inMemory(&context, "a.go", string(source))
			found, _ := context.ImportDir("/d", build.ImportComment)
			return found.ImportComment
		},
		// Whether a file of this name and text is built for a platform, without cgo.
		"build.MatchFile": func(name string, source string, goos, goarch string) (bool, error) {
			context := build.Default
			context.GOOS, context.GOARCH, context.CgoEnabled = goos, goarch, false
			inMemory(&context, name, source)
			return context.MatchFile("/d", name)
		},
	})
}

// inMemory makes a folder with one file all that a build sees.
func inMemory(context *build.Context, name, source string) {
	context.JoinPath = path.Join
	context.IsDir = func(string) bool { return true }
	context.ReadDir = func(string) ([]os.FileInfo, error) { return []os.FileInfo{fileInfo(name)}, nil }
	context.OpenFile = func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(source)), nil
	}
}

type fileInfo string

func (f fileInfo) Name() string     { return string(f) }
func (fileInfo) Size() int64        { return 0 }
func (fileInfo) Mode() os.FileMode  { return 0o644 }
func (fileInfo) ModTime() time.Time { return time.Time{} }
func (fileInfo) IsDir() bool        { return false }
func (fileInfo) Sys() any           { return nil }
