package main

import (
	"errors"
	"strconv"

	"golang.org/x/mod/module"
	"oracle/mvs"
)

// mvsReqs are requirements given as a whole: Required by "path@version", and Known versions
// of a path in ascending order. Versions are numbers; what Broken names cannot be read.
type mvsReqs struct {
	Requires map[string][]module.Version
	Known    map[string][]string
	Broken   map[string]bool
}

func rank(v string) int {
	switch v {
	case "none":
		return -1
	case "":
		return 1 << 30
	}
	n, _ := strconv.Atoi(v)
	return n
}

func (r *mvsReqs) Required(m module.Version) ([]module.Version, error) {
	if r.Broken[m.String()] {
		return nil, errors.New("broken " + m.String())
	}
	return r.Requires[m.String()], nil
}

func (r *mvsReqs) Max(_, v1, v2 string) string {
	if rank(v1) < rank(v2) {
		return v2
	}
	return v1
}

func (r *mvsReqs) Upgrade(m module.Version) (module.Version, error) {
	if known := r.Known[m.Path]; len(known) > 0 && rank(known[len(known)-1]) > rank(m.Version) {
		m.Version = known[len(known)-1]
	}
	return m, nil
}

func (r *mvsReqs) Previous(m module.Version) (module.Version, error) {
	before := "none"
	for _, v := range r.Known[m.Path] {
		if rank(v) < rank(m.Version) {
			before = v
		}
	}
	m.Version = before
	return m, nil
}

func init() {
	add(map[string]any{
		"mvs.BuildList": func(target module.Version, r mvsReqs) ([]module.Version, error) {
			return mvs.BuildList([]module.Version{target}, &r)
		},
		"mvs.Req": func(target module.Version, r mvsReqs, base []string) ([]module.Version, error) {
			return mvs.Req(target, base, &r)
		},
		"mvs.UpgradeAll": func(target module.Version, r mvsReqs) ([]module.Version, error) {
			return mvs.UpgradeAll(target, &r)
		},
		"mvs.Upgrade": func(target module.Version, r mvsReqs, to []module.Version) ([]module.Version, error) {
			return mvs.Upgrade(target, &r, to...)
		},
		"mvs.Downgrade": func(target module.Version, r mvsReqs, to []module.Version) ([]module.Version, error) {
			return mvs.Downgrade(target, &r, to...)
		},
	})
}
