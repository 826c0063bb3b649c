module example.com/m

go 1.21

// bad
retract v1.0.0
