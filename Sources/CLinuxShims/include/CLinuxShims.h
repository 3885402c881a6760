// What Swift cannot import from the C library: variadic calls, and constants that are macros of macros.
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "CLinuxColumns.h"
#include "CLinuxSpawn.h"
#include "CLinuxWorkers.h"

static const int shim_O_PATH = O_PATH;

// openat2(2) below a directory: no "..", no absolute path, no symbolic or magic link in any component but,
// with O_PATH|O_NOFOLLOW, the last, which is then opened as the link that it is.
static inline int shim_openat2_beneath(int directory, const char *path, int flags) {
    struct open_how how = {
        .flags = (uint64_t)flags,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

static inline int shim_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

// At most 15 bytes, see pthread_setname_np(3).
static inline void shim_name_this_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}

// Takes a read lease (fcntl(2), F_SETLEASE). While it is held, an open for writing sends `signal` and waits.
static inline int shim_take_read_lease(int file, int signal) {
    if (fcntl(file, F_SETSIG, signal) < 0) {
        return -1;
    }
    return fcntl(file, F_SETLEASE, F_RDLCK);
}

static inline int shim_drop_lease(int file) {
    return fcntl(file, F_SETLEASE, F_UNLCK);
}

// Takes an open file description lock on the whole file (fcntl(2), F_OFD_SETLK); fails with EAGAIN when it is held.
static inline int shim_lock_file(int file) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_OFD_SETLK, &lock);
}

static inline int shim_unlock_file(int file) {
    struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_OFD_SETLK, &lock);
}

// Whether another open file description holds such a lock; takes nothing. -1: see errno.
static inline int shim_file_is_locked(int file) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_OFD_GETLK, &lock) < 0 ? -1 : lock.l_type != F_UNLCK;
}

// Starts writing the whole file to the disk and does not wait (sync_file_range(2)). A hint: it makes nothing durable.
static inline int shim_start_writing(int file) {
    return sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
}

// The `f_type` of the file system that holds the file (fstatfs(2)), which is a 32 bit number whatever its type; -1: see errno.
static inline int64_t shim_file_system_kind(int file) {
    struct statfs status;
    return fstatfs(file, &status) < 0 ? -1 : (int64_t)(uint32_t)status.f_type;
}

// mallopt(3), whose header Swift does not import: at most `arenas` heaps, which grow by `step` bytes and are not shrunk before
// `spare` bytes of them are free.
static inline void shim_tune_heap(int arenas, int step, int spare) {
    mallopt(M_ARENA_MAX, arenas);
    mallopt(M_TOP_PAD, step);
    mallopt(M_TRIM_THRESHOLD, spare);
}

// accept4(2) without blocking. Not inline, nor is the next one: <sys/socket.h> would bring an fd_set that differs from that of
// other modules.
int shim_accept(int listener);

// The user id of the peer of a local socket (SO_PEERCRED, unix(7)); -1: see errno.
int64_t shim_peer_user(int socket);

// Makes `signal` add 1 to the eventfd `counter` and be remembered. Fails with EBUSY when it has an owner.
int shim_forward_signal(int signal, int counter);

// Gives `signal` back the action that it had before.
int shim_release_signal(int signal);

// Whether `signal` arrived since it was forwarded.
int shim_signal_arrived(int signal);
