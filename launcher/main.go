// Launcher is gorel as one file. It carries Deno and the program, unpacks them once into a folder
// of the user's, checks at every start that they are what it carries, and becomes that Deno.
//
// The folder of another version is never touched: it may run, or be needed again. All that lies in
// a cache folder may be deleted by hand at any time; what is missing is unpacked at the next start.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

func main() {
	for i, arg := range os.Args[1:] {
		// Deno would put other characters where these bytes are, in a commit's message as well.
		if !utf8.ValidString(arg) {
			fmt.Fprintf(os.Stderr, "gorel: argument %d is not UTF-8: %s\n", i+1, shown(arg))
			os.Exit(2)
		}
	}
	err := lacking()
	if err == nil {
		err = launch(places())
	}
	fmt.Fprintf(os.Stderr, "gorel: %v\n", err)
	os.Exit(1)
}

// launch starts the program from the first place where that succeeds, and then does not return.
func launch(all []place) error {
	p, err := readPack()
	if err != nil {
		return err
	}
	reasons := make([]error, len(all))
	// Where it is sound it runs without a write, so a folder may be read-only.
	for i, at := range all {
		if at.trusted() != nil || p.sound(at.of(p)) != nil {
			continue
		}
		if reasons[i] = p.start(at.of(p)); final(reasons[i]) {
			return reasons[i]
		}
	}
	for i, at := range all {
		if reasons[i] != nil {
			continue
		}
		if reasons[i] = p.install(at); reasons[i] != nil {
			continue
		}
		if reasons[i] = p.start(at.of(p)); final(reasons[i]) {
			return reasons[i]
		}
	}
	text := fmt.Sprintf("cannot unpack itself (%s) into any of these folders and run from there:", megabytes(p.size()))
	for i, at := range all {
		text += fmt.Sprintf("\n  %s: %s", shown(at.path), shown(reasons[i].Error()))
	}
	return errors.New(text + "\nGOREL_CACHE=FOLDER names another: a folder of yours that nobody else may write, where programs may run")
}

// arguments gives Deno's arguments, without the name of the program.
func (p *pack) arguments(dir string) []string {
	var args []string
	for _, arg := range p.Args {
		args = append(args, strings.ReplaceAll(arg, "{dir}", dir))
	}
	return append(args, os.Args[1:]...)
}

// outer stands before the name of a variable that is kept from Deno.
const outer = "GOREL_OUTER_"

// theirs reports a variable that is meant for the user's own Deno or Node: V8's flags, modules to load
// first, where servers listen. Only whom to trust on the network holds for gorel too.
func theirs(name string) bool {
	switch name {
	case "DENO_CERT", "DENO_TLS_CA_STORE":
		return false
	case "NODE_OPTIONS", "OTEL_DENO":
		return true
	}
	return strings.HasPrefix(name, "DENO_")
}

// environment gives Deno's environment. lib/cli/children.ts gives every program that gorel starts
// what the user had set.
func environment(dir string) []string {
	// Where the system cannot say which file the user started, the variable is empty.
	started, _ := os.Executable()
	set := []string{
		// Its own cache, which holds compiled code too, and not the one of the user's Deno.
		"DENO_DIR=" + filepath.Join(dir, "cache"),
		"DENO_NO_UPDATE_CHECK=1",
		"DENO_NO_PACKAGE_JSON=1",
		"GOREL_EXECUTABLE=" + started,
	}
	var env []string
	for _, have := range os.Environ() {
		name, _, _ := strings.Cut(have, "=")
		switch {
		case name == "GOREL_EXECUTABLE", strings.HasPrefix(name, outer):
		case name == "NODE_CHANNEL_FD":
			// A pipe to some Node above, which Deno would take for its own; children do not get it.
		case theirs(name):
			env = append(env, outer+have)
		default:
			env = append(env, have)
		}
	}
	return append(env, set...)
}

func megabytes(n int64) string {
	return fmt.Sprintf("%d MB", (n+999_999)/1_000_000)
}

// shown gives a path or an error as it may stand on a terminal: it can hold what a variable says.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
