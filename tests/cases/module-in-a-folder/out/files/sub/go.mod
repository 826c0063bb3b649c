module example.com/m/sub

go 1.21
