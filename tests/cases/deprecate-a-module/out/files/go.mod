// Package words.
//
// Deprecated: use example.com/better instead
//
module example.com/m // ends here

go 1.21
