package m // mended
