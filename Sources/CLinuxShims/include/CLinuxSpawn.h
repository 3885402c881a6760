// Starts a program that is not trusted: nothing of this process reaches it but what is named here, and everything that
// it starts ends with it.
#pragma once

#include <stdint.h>

// A limit of setrlimit(2), soft and hard.
struct shim_limit {
    int resource;
    uint64_t value;
};

// A program to start. All pointers stay the caller's.
struct shim_program {
    const char *path;
    char *const *arguments;            // ended by NULL; the first is the name
    char *const *environment;          // ended by NULL; nothing else is handed on
    const char *folder;                // where it starts
    char *const *writable;             // ended by NULL: folders that it may change
    char *const *readable;             // ended by NULL: what else it may read and execute; what is missing is passed over
    char *const *sockets;              // ended by NULL: folders where it may make sockets, and nothing else
    const struct shim_limit *limits;
    int limit_count;
    int may_fork;                      // whether it may start processes
    int input, output, error, report;  // descriptors; `report` gets struct shim_report records
};

enum shim_stage {
    SHIM_STARTED,  // never reported
    SHIM_FAILED,   // `value` is an errno: the program could not be started
    SHIM_ENDED,    // `value` is a status of wait(2)
};

struct shim_report {
    int32_t stage;
    int32_t value;
};

// Starts a keeper process, which starts the program, waits for its end, ends every process that came of it and reports.
// SIGTERM to the keeper, or the end of the calling thread, ends the program and all that came of it.
//
// Returns the keeper, to be waited for, or -1 with errno.
int shim_start(const struct shim_program *program);

// What confines programs here: the version of Landlock (0: none), and whether its calls can be filtered (seccomp(2)).
int shim_landlock_version(void);
int shim_has_call_filter(void);
