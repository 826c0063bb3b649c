// Package words.
module example.com/m

go 1.22

// panics on nil
retract (
	v1.5.0
	v1.5.1
)
