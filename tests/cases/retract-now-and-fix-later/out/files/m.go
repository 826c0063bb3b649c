package m // bad
