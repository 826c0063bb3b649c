module example.com/m/v3

go 1.21
