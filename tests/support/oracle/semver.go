package main

import "golang.org/x/mod/semver"

func init() {
	add(map[string]any{
		"semver.IsValid":    semver.IsValid,
		"semver.Canonical":  semver.Canonical,
		"semver.Major":      semver.Major,
		"semver.MajorMinor": semver.MajorMinor,
		"semver.Prerelease": semver.Prerelease,
		"semver.Build":      semver.Build,
		"semver.Compare":    semver.Compare,
		"semver.Max":        semver.Max,
		"semver.Sort": func(list []string) []string {
			semver.Sort(list)
			return list
		},
	})
}
