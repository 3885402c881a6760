// Worker processes of this program: how one is started, and how it gives up what it does not need.
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdint.h>
#include <unistd.h>  // for pid_t: <sys/types.h> would bring an fd_set that differs from that of other modules

// A limit of setrlimit(2). The hard limit stays where it is when `is_hard` is 0: what the worker starts may have more.
struct shim_worker_limit {
    int resource;
    uint64_t value;
    int is_hard;
};

// Starts `program` as a process group of its own that dies with the calling THREAD (PR_SET_PDEATHSIG), with /dev/null as
// standard input and output, `error` as standard error, `channel` as descriptor 3 and no other. SIGTERM, SIGINT, SIGHUP
// and SIGPIPE are ignored in it: who ends it is the program that started it, and those signals reach whole groups.
//
// Returns the process, or -1 with errno (also that of execve(2)).
pid_t shim_start_worker(const char *program, char *const *arguments, char *const *environment, int channel, int error,
                        const struct shim_worker_limit *limits, int limit_count);

// Leaves the calling process memory, time, and reading and writing of what is open: no file, no process, no socket
// (landlock(7), seccomp(2)). What the kernel does not know is left out. Returns a sum of SHIM_NO_FILES and SHIM_FEW_CALLS.
int shim_give_up_the_system(void);
enum { SHIM_NO_FILES = 1, SHIM_FEW_CALLS = 2 };

// Makes fatal signals say on standard error whether memory had run out in the thread that got them, before they do what
// they do. `note` must stay.
void shim_note_memory_deaths(const char *note);

// Seconds of processor time that `process` may use from now on (RLIMIT_CPU, soft). Returns -1 with errno.
int shim_allow_processor_time(pid_t process, unsigned seconds);

// A descriptor that can be read when `process` has ended, pidfd_open(2). Returns -1 with errno, before Linux 5.3 too.
int shim_watch_process(pid_t process);

// Makes the calling process the parent of what its descendants leave behind (PR_SET_CHILD_SUBREAPER).
int shim_adopt_orphans(void);

// Such as "SEGV"; NULL when there is no such signal.
const char *shim_signal_name(int signal);
