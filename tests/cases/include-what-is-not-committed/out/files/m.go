package m

// The fix.
