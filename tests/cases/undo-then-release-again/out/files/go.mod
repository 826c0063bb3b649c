module example.com/m

go 1.21

// broken
retract v1.0.0
