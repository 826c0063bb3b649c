package m // older
