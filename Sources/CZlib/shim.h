// zlib: audits are kept packed in the ledger. Part of libzip-dev's dependencies.
#ifndef NIANBAO_CZLIB_SHIM_H
#define NIANBAO_CZLIB_SHIM_H

#include <zlib.h>

#endif
