// The package m.
module example.com/m // with a comment

go 1.21

retract (
	// old trouble
	v1.0.0

	v0.9.0 // experiment
)
// the end

// leaks
// file handles
retract [v1.1.0, v1.1.1]
