module example.com/m

go 1.21

// released by accident
retract (
	v1.0.0
	v1.0.1
)
