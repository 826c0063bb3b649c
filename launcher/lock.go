package main

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// patiently takes a lock as soon as nobody has it. A process that was stopped keeps its lock for
// ever: then another place will do.
func patiently(path string, take func() (busy bool, err error)) error {
	begin := time.Now()
	for said := false; ; time.Sleep(10 * time.Millisecond) {
		busy, err := take()
		if err == nil || !busy {
			return err
		}
		switch waited := time.Since(begin); {
		case waited > time.Minute:
			return errors.New("another gorel has been unpacking there for a minute")
		case waited > 3*time.Second && !said:
			said = true
			fmt.Fprintf(os.Stderr, "gorel: another gorel unpacks (%s); waiting for it\n", shown(path))
		}
	}
}

// last is a failure after which no other place helps.
type last struct{ error }

func final(err error) bool {
	var l last
	return errors.As(err, &l)
}
