#define _GNU_SOURCE

#include <locale.h>
#include <pthread.h>
#include <wchar.h>

#include "CLinuxColumns.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t unicode;

static void load(void) {
    unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

int shim_columns(uint32_t character) {
    pthread_once(&once, load);
    locale_t former = uselocale(unicode);
    int columns = wcwidth((wchar_t)character);
    uselocale(former);
    return columns;
}
