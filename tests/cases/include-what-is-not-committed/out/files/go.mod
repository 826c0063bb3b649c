module example.com/m

go 1.21

require example.com/x v1.2.3

// panics
retract v1.0.0
