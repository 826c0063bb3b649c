package sub

// fixed
