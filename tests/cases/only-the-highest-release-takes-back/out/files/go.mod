module example.com/m // Deprecated: use example.com/better

go 1.21

retract v1.0.0 // bad
