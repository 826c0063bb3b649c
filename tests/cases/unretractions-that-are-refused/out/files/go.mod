module example.com/m

go 1.21

// in force for nobody
retract v1.1.0

retract [v1.0.3, v1.0.0]
