package m // changed
