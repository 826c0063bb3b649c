module example.com/m // Deprecated: use v9

go 1.21

retract v1.0.0 // bad
