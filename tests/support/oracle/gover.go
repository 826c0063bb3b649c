package main

import "oracle/gover"

func init() {
	add(map[string]any{
		"gover.IsValid": gover.IsValid,
		"gover.Compare": gover.Compare,
		"gover.Lang":    gover.Lang,
		"gover.IsLang":  gover.IsLang,
	})
}
