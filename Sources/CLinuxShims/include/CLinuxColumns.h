#pragma once

#include <stdint.h>

// How many columns of a terminal a character takes: wcwidth(3) in the locale C.UTF-8, which the C library has built in,
// whatever locales are installed and whichever the environment asks for. −1 for a character that cannot be printed.
int shim_columns(uint32_t character);
