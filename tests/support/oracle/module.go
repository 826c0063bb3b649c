package main

import (
	"strconv"
	"time"
	"unicode"

	"golang.org/x/mod/module"
)

func init() {
	add(map[string]any{
		"module.Check":               module.Check,
		"module.CheckPath":           module.CheckPath,
		"module.CheckImportPath":     module.CheckImportPath,
		"module.CheckFilePath":       module.CheckFilePath,
		"module.SplitPathVersion":    module.SplitPathVersion,
		"module.MatchPathMajor":      module.MatchPathMajor,
		"module.CheckPathMajor":      module.CheckPathMajor,
		"module.PathMajorPrefix":     module.PathMajorPrefix,
		"module.CanonicalVersion":    module.CanonicalVersion,
		"module.EscapePath":          module.EscapePath,
		"module.EscapeVersion":       module.EscapeVersion,
		"module.UnescapePath":        module.UnescapePath,
		"module.UnescapeVersion":     module.UnescapeVersion,
		"module.MatchPrefixPatterns": module.MatchPrefixPatterns,
		"module.IsPseudoVersion":     module.IsPseudoVersion,
		"module.IsZeroPseudoVersion": module.IsZeroPseudoVersion,
		"module.ZeroPseudoVersion":   module.ZeroPseudoVersion,
		"module.PseudoVersionBase":   module.PseudoVersionBase,
		"module.PseudoVersionRev":    module.PseudoVersionRev,
		// The time is in seconds since 1970.
		"module.PseudoVersion": func(major, older string, seconds int64, rev string) string {
			return module.PseudoVersion(major, older, time.Unix(seconds, 0), rev)
		},
		"module.PseudoVersionTime": func(v string) (int64, error) {
			t, err := module.PseudoVersionTime(v)
			return t.Unix(), err
		},
		"module.Sort": func(list []module.Version) []module.Version {
			module.Sort(list)
			return list
		},
		"strconv.Quote": strconv.Quote,
		// Every character of a category, as pairs [first, last].
		"unicode.Categories": func(category string) [][2]rune {
			table, ranges := unicode.Categories[category], [][2]rune{}
			for r := rune(0); r <= unicode.MaxRune; r++ {
				if !unicode.Is(table, r) {
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
		"unicode.Version": func() string { return unicode.Version },
	})
}
