package m

// fixed
