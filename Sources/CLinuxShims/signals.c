// Signals to an eventfd. A handler may do almost nothing (signal-safety(7)): this one is C so that no runtime of
// another language stands in it. A signalfd would need the signals blocked in every thread and in every child.
#include "CLinuxShims.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>

enum { SIGNALS = 65 };

static atomic_int counter_of[SIGNALS];  // file descriptor + 1; 0 = not forwarded
static atomic_int arrived[SIGNALS];
static struct sigaction before[SIGNALS];

static void forward(int signal) {
    const int saved = errno;
    const int counter = atomic_load(&counter_of[signal]) - 1;
    atomic_store(&arrived[signal], 1);
    if (counter >= 0) {
        const uint64_t one = 1;
        // Fails only when the counter is full, and then it is readable anyway.
        const ssize_t ignored = write(counter, &one, sizeof one);
        (void)ignored;
    }
    errno = saved;
}

int shim_forward_signal(int signal, int counter) {
    if (signal < 1 || signal >= SIGNALS) {
        errno = EINVAL;
        return -1;
    }
    int none = 0;
    if (!atomic_compare_exchange_strong(&counter_of[signal], &none, counter + 1)) {
        errno = EBUSY;
        return -1;
    }
    atomic_store(&arrived[signal], 0);
    struct sigaction action = {.sa_handler = forward, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    if (sigaction(signal, &action, &before[signal]) < 0) {
        const int code = errno;
        atomic_store(&counter_of[signal], 0);
        errno = code;
        return -1;
    }
    return 0;
}

int shim_release_signal(int signal) {
    if (signal < 1 || signal >= SIGNALS || atomic_load(&counter_of[signal]) == 0) {
        errno = EINVAL;
        return -1;
    }
    const int result = sigaction(signal, &before[signal], NULL);
    atomic_store(&counter_of[signal], 0);
    return result;
}

int shim_signal_arrived(int signal) {
    return signal >= 1 && signal < SIGNALS && atomic_load(&arrived[signal]);
}
