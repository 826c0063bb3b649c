package main

import (
	"fmt"
	"unicode"

	"golang.org/x/mod/modfile"
)

// modError is an error of a go.mod file: where, and Go's whole text of it.
type modError struct {
	Line, Col int
	Full      string
}

// modEntry is one directive: its line and its values as they are printed here.
type modEntry struct {
	Line   int
	Values []string
}

func entry(line *modfile.Line, values ...string) modEntry {
	at, _ := line.Span()
	return modEntry{at.Line, values}
}

// modView is all of a file that was read.
type modView struct {
	Errors     []modError
	Entries    map[string][]modEntry
	Format     []byte
	ModulePath string
}

// modEdit is a method of modfile.File by its name, and its arguments; what is missing is zero.
type modEdit struct {
	Do       string
	Args     []string
	Indirect bool
	Require  []struct {
		Path, Version string
		Indirect      bool
	}
}

func init() {
	add(map[string]any{
		"modfile.Parse":      func(data []byte) modView { return view(data, modfile.Parse) },
		"modfile.ParseLax":   func(data []byte) modView { return view(data, modfile.ParseLax) },
		"modfile.ModulePath": func(data []byte) string { return modfile.ModulePath(data) },
		"modfile.AutoQuote":  modfile.AutoQuote,
		// Every character that Go prints and that is no white space, as pairs [first, last].
		"modfile.Printable": func() [][2]rune {
			ranges := [][2]rune{}
			for r := rune(0); r <= unicode.MaxRune; r++ {
				if !unicode.IsPrint(r) || unicode.IsSpace(r) {
					continue
				}
				if n := len(ranges); n > 0 && ranges[n-1][1] == r-1 {
					ranges[n-1][1] = r
				} else {
					ranges = append(ranges, [2]rune{r, r})
				}
			}
			return ranges
		},
		// What the edits give one after the other: the error of each, and the file in the end.
		"modfile.Edit": func(data []byte, edits []modEdit) ([]string, []byte, error) {
			f, err := modfile.Parse("go.mod", data, nil)
			if err != nil {
				return nil, nil, err
			}
			errs := []string{}
			for _, e := range edits {
				text := ""
				if err := e.apply(f); err != nil {
					text = err.Error()
				}
				errs = append(errs, text)
			}
			out, err := f.Format()
			return errs, out, err
		},
	})
}

func view(data []byte, parse func(string, []byte, modfile.VersionFixer) (*modfile.File, error)) modView {
	v := modView{Entries: map[string][]modEntry{}, ModulePath: modfile.ModulePath(data)}
	f, err := parse("go.mod", data, nil)
	if err != nil {
		for _, e := range err.(modfile.ErrorList) {
			v.Errors = append(v.Errors, modError{e.Pos.Line, e.Pos.LineRune, e.Error()})
		}
		return v
	}
	put := func(verb string, line *modfile.Line, values ...string) {
		v.Entries[verb] = append(v.Entries[verb], entry(line, values...))
	}
	if f.Module != nil {
		put("Module", f.Module.Syntax, f.Module.Mod.Path, f.Module.Deprecated)
	}
	if f.Go != nil {
		put("Go", f.Go.Syntax, f.Go.Version)
	}
	if f.Toolchain != nil {
		put("Toolchain", f.Toolchain.Syntax, f.Toolchain.Name)
	}
	for _, x := range f.Godebug {
		put("Godebug", x.Syntax, x.Key, x.Value)
	}
	for _, x := range f.Require {
		put("Require", x.Syntax, x.Mod.Path, x.Mod.Version, fmt.Sprint(x.Indirect))
	}
	for _, x := range f.Exclude {
		put("Exclude", x.Syntax, x.Mod.Path, x.Mod.Version)
	}
	for _, x := range f.Replace {
		put("Replace", x.Syntax, x.Old.Path, x.Old.Version, x.New.Path, x.New.Version)
	}
	for _, x := range f.Retract {
		put("Retract", x.Syntax, x.Low, x.High, x.Rationale)
	}
	for _, x := range f.Tool {
		put("Tool", x.Syntax, x.Path)
	}
	for _, x := range f.Ignore {
		put("Ignore", x.Syntax, x.Path)
	}
	v.Format, _ = f.Format()
	return v
}

func (e modEdit) apply(f *modfile.File) error {
	arg := func(i int) string {
		if i < len(e.Args) {
			return e.Args[i]
		}
		return ""
	}
	require := []*modfile.Require{}
	for _, r := range e.Require {
		one := &modfile.Require{Indirect: r.Indirect}
		one.Mod.Path, one.Mod.Version = r.Path, r.Version
		require = append(require, one)
	}
	interval := modfile.VersionInterval{Low: arg(0), High: arg(1)}
	switch e.Do {
	case "addModuleStmt":
		return f.AddModuleStmt(arg(0))
	case "addComment":
		f.AddComment(arg(0))
	case "addGoStmt":
		return f.AddGoStmt(arg(0))
	case "dropGoStmt":
		f.DropGoStmt()
	case "addToolchainStmt":
		return f.AddToolchainStmt(arg(0))
	case "dropToolchainStmt":
		f.DropToolchainStmt()
	case "addGodebug":
		return f.AddGodebug(arg(0), arg(1))
	case "dropGodebug":
		return f.DropGodebug(arg(0))
	case "addRequire":
		return f.AddRequire(arg(0), arg(1))
	case "addNewRequire":
		f.AddNewRequire(arg(0), arg(1), e.Indirect)
	case "dropRequire":
		return f.DropRequire(arg(0))
	case "setRequire":
		f.SetRequire(require)
	case "setRequireSeparateIndirect":
		f.SetRequireSeparateIndirect(require)
	case "addExclude":
		return f.AddExclude(arg(0), arg(1))
	case "dropExclude":
		return f.DropExclude(arg(0), arg(1))
	case "addReplace":
		return f.AddReplace(arg(0), arg(1), arg(2), arg(3))
	case "dropReplace":
		return f.DropReplace(arg(0), arg(1))
	case "addRetract":
		return f.AddRetract(interval, arg(2))
	case "dropRetract":
		return f.DropRetract(interval)
	case "addTool":
		return f.AddTool(arg(0))
	case "dropTool":
		return f.DropTool(arg(0))
	case "addIgnore":
		return f.AddIgnore(arg(0))
	case "dropIgnore":
		return f.DropIgnore(arg(0))
	case "sortBlocks":
		f.SortBlocks()
	case "cleanup":
		f.Cleanup()
	default:
		panic("no edit " + e.Do)
	}
	return nil
}
