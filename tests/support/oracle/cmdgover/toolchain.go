// What the rest of the package needs of the file that stays away because it would bring
// half of the go command with it.
package gover

import "strings"

// FromToolchain gives the Go version of a toolchain's name; "" where there is none.
func FromToolchain(name string) string {
	v, isGo := strings.CutPrefix(name, "go")
	v, _, _ = strings.Cut(v, "-")
	if !isGo || strings.ContainsAny(name, `\/`) || !IsValid(v) {
		return ""
	}
	return v
}

func maybeToolchainVersion(name string) string {
	if IsValid(name) {
		return name
	}
	return FromToolchain(name)
}
