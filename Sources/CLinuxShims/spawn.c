// Between fork(2) and execve(2) only what signal-safety(7) allows: other threads of the parent may hold any lock. So the
// keeper is C, without allocation and without stdio.
#define _GNU_SOURCE
#include "CLinuxSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// MARK: - Landlock: what of the file system there is for it

// Numbers of the kernel's interface (landlock(7)); headers of a build machine may be older than the kernel it runs on.
enum { LANDLOCK_CREATE_RULESET = 444, LANDLOCK_ADD_RULE = 445, LANDLOCK_RESTRICT_SELF = 446 };
enum { LANDLOCK_RULE_BELOW_PATH = 1 };

struct landlock_ruleset {
    uint64_t files;    // since version 1
    uint64_t network;  // since version 4
    uint64_t scoped;   // since version 6
};

struct landlock_below_path {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

enum {
    FILE_EXECUTE = 1 << 0,
    FILE_WRITE = 1 << 1,
    FILE_READ = 1 << 2,
    DIRECTORY_READ = 1 << 3,
    MAKE_SOCKET = 1 << 9,
    VERSION_1 = (1 << 13) - 1,
    DIRECTORY_REFER = 1 << 13,  // version 2
    FILE_TRUNCATE = 1 << 14,    // version 3
    DEVICE_IOCTL = 1 << 15,     // version 5
    OF_FILES = FILE_EXECUTE | FILE_WRITE | FILE_READ | FILE_TRUNCATE | DEVICE_IOCTL,
    TCP_BIND_AND_CONNECT = 3,
    ABSTRACT_SOCKETS_AND_SIGNALS = 3,
};

int shim_landlock_version(void) {
    const long version = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, 1);
    return version < 0 ? 0 : (int)version;
}

static void allow(int ruleset, const char *path, uint64_t access) {
    const int parent = open(path, O_PATH | O_CLOEXEC);
    struct stat status;
    if (parent < 0) {
        return;
    }
    if (fstat(parent, &status) == 0) {
        if (!S_ISDIR(status.st_mode)) {
            access &= OF_FILES;
        }
        const struct landlock_below_path rule = {.allowed = access, .parent = parent};
        syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_BELOW_PATH, &rule, 0);
    }
    close(parent);
}

// Leaves it the named folders and no TCP. Where the kernel cannot, permissions of the user are all there is.
static void confine_to_folders(const struct shim_program *program) {
    const int version = shim_landlock_version();
    if (version == 0) {
        return;
    }
    uint64_t files = VERSION_1;
    files |= version >= 2 ? DIRECTORY_REFER : 0;
    files |= version >= 3 ? FILE_TRUNCATE : 0;
    files |= version >= 5 ? DEVICE_IOCTL : 0;
    const struct landlock_ruleset rules = {
        .files = files,
        .network = version >= 4 ? TCP_BIND_AND_CONNECT : 0,
        .scoped = version >= 6 ? ABSTRACT_SOCKETS_AND_SIGNALS : 0,
    };
    const size_t size = version >= 6   ? sizeof rules
                        : version >= 4 ? offsetof(struct landlock_ruleset, scoped)
                                       : offsetof(struct landlock_ruleset, network);
    const int ruleset = (int)syscall(LANDLOCK_CREATE_RULESET, &rules, size, 0);
    if (ruleset < 0) {
        return;
    }
    for (char *const *path = program->readable; *path; path++) {
        allow(ruleset, *path, FILE_EXECUTE | FILE_READ | DIRECTORY_READ);
    }
    for (char *const *path = program->writable; *path; path++) {
        allow(ruleset, *path, files);
    }
    for (char *const *path = program->sockets; *path; path++) {
        allow(ruleset, *path, MAKE_SOCKET);
    }
    allow(ruleset, program->path, FILE_EXECUTE | FILE_READ);
    allow(ruleset, "/dev/null", FILE_READ | FILE_WRITE);
    syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0);
    close(ruleset);
}

// MARK: - seccomp: no network, no processes

#if defined(__x86_64__)
enum { NATIVE = AUDIT_ARCH_X86_64 };
#elif defined(__aarch64__)
enum { NATIVE = AUDIT_ARCH_AARCH64 };
#else
enum { NATIVE = 0 };
#endif

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif

int shim_has_call_filter(void) {
    return NATIVE != 0 && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

enum {
    NUMBER = offsetof(struct seccomp_data, nr),
    ARCH = offsetof(struct seccomp_data, arch),
    // Little-endian on both machines: the low half of an argument comes first.
    FIRST_ARGUMENT = offsetof(struct seccomp_data, args),
};

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define IF(condition, value, then, otherwise) BPF_JUMP(BPF_JMP | condition | BPF_K, (uint32_t)(value), then, otherwise)
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, action)

static void filter(struct sock_filter *code, size_t bytes) {
    const struct sock_fprog program = {.len = (unsigned short)(bytes / sizeof *code), .filter = code};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

// Takes the network away, also what Landlock does not know (UDP, raw sockets). io_uring could make sockets unseen, ptrace
// could make another process do it.
static void refuse_network(void) {
    struct sock_filter code[] = {
        LOAD(ARCH),
        IF(BPF_JEQ, NATIVE, 1, 0),
        ANSWER(SECCOMP_RET_KILL_PROCESS),
        LOAD(NUMBER),
        // x32 calls have numbers of their own; no other machine has so many.
        IF(BPF_JGE, 0x40000000, 6, 0),
        IF(BPF_JEQ, SYS_io_uring_setup, 5, 0),
        IF(BPF_JEQ, SYS_ptrace, 4, 0),
        IF(BPF_JEQ, SYS_socket, 1, 0),
        ANSWER(SECCOMP_RET_ALLOW),
        LOAD(FIRST_ARGUMENT),
        IF(BPF_JEQ, AF_UNIX, 1, 0),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    filter(code, sizeof code);
}

// Threads, but no processes. The filter above has checked the machine.
static void refuse_processes(void) {
    struct sock_filter code[] = {
        LOAD(NUMBER),
        // Its flags lie in memory that a filter cannot see; the C library then takes clone(2).
        IF(BPF_JEQ, SYS_clone3, 0, 1),
        ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
#if defined(__x86_64__)
        IF(BPF_JEQ, SYS_fork, 5, 0),
        IF(BPF_JEQ, SYS_vfork, 4, 0),
#endif
        IF(BPF_JEQ, SYS_clone, 1, 0),
        ANSWER(SECCOMP_RET_ALLOW),
        LOAD(FIRST_ARGUMENT),
        IF(BPF_JSET, CLONE_THREAD, 1, 0),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    filter(code, sizeof code);
}

// MARK: - The program

static void report(int descriptor, int stage, int value) {
    const struct shim_report record = {.stage = stage, .value = value};
    // Shorter than PIPE_BUF, so whole or not at all; a reader that is gone needs no answer.
    const ssize_t ignored = write(descriptor, &record, sizeof record);
    (void)ignored;
}

static void reset_signals(void) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) {
        sigaction(number, &action, NULL);  // fails for the two that nobody can change
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// Descriptors 0 to 3 are in place, all others closed.
static _Noreturn void become(const struct shim_program *program) {
    enum { REPORT = 3 };
    setsid();
    umask(077);
    reset_signals();
    int failed = chdir(program->folder) < 0;
    for (int index = 0; index < program->limit_count && !failed; index++) {
        const struct shim_limit *limit = &program->limits[index];
        struct rlimit now;
        failed = getrlimit((__rlimit_resource_t)limit->resource, &now) < 0;
        // What is already less stays: only root may raise it again.
        if (!failed && limit->value < now.rlim_max) {
            const struct rlimit wanted = {.rlim_cur = limit->value, .rlim_max = limit->value};
            failed = setrlimit((__rlimit_resource_t)limit->resource, &wanted) < 0;
        }
    }
    if (!failed && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
        confine_to_folders(program);
        if (NATIVE != 0) {
            refuse_network();
            if (!program->may_fork) {
                refuse_processes();
            }
        }
        execve(program->path, program->arguments, program->environment);
    }
    report(REPORT, SHIM_FAILED, errno);
    _exit(127);
}

// MARK: - Its keeper

// Kills all children of this process, as far as one look shows them.
static void kill_children(void) {
    const int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (list < 0) {
        return;
    }
    pid_t child = 0;
    char buffer[4096];
    for (ssize_t count; (count = read(list, buffer, sizeof buffer)) > 0;) {
        for (ssize_t index = 0; index < count; index++) {
            if (buffer[index] >= '0' && buffer[index] <= '9') {
                child = child * 10 + (buffer[index] - '0');
            } else if (child > 0) {
                kill(child, SIGKILL);
                child = 0;
            }
        }
    }
    close(list);
}

// Ends what is left: the keeper is their subreaper, so whatever loses its parent becomes a child of the keeper,
// however often it forked and whatever session it made; when there is no child, there is no descendant.
static void end_descendants(void) {
    for (;;) {
        kill_children();
        pid_t gone;
        while ((gone = waitpid(-1, NULL, WNOHANG)) > 0) {
        }
        if (gone < 0 && errno == ECHILD) {
            return;
        }
        sched_yield();  // to those that are about to die
    }
}

static _Noreturn void keep(const struct shim_program *program, pid_t parent, const sigset_t *watched) {
    enum { FIRST_FREE = 4 };
    // The caller has put them all above: none is overwritten before it is copied.
    dup2(program->input, 0);
    dup2(program->output, 1);
    dup2(program->error, 2);
    dup3(program->report, 3, O_CLOEXEC);
    syscall(SYS_close_range, FIRST_FREE, ~0U, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (getppid() != parent) {
        _exit(1);  // it ended before the line above
    }
    const pid_t child = fork();
    if (child < 0) {
        report(3, SHIM_FAILED, errno);
        _exit(1);
    }
    if (child == 0) {
        become(program);
    }
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        close(descriptor);
    }
    int status = SIGKILL;  // as if killed: where SIGTERM comes first, it is
    for (;;) {
        const int signal = sigwaitinfo(watched, NULL);
        if (signal == SIGTERM) {
            break;
        }
        pid_t gone;
        int ending;
        int done = 0;
        while ((gone = waitpid(-1, &ending, WNOHANG)) > 0) {
            if (gone == child) {
                status = ending;
                done = 1;
            }
        }
        if (done) {
            break;
        }
    }
    end_descendants();
    report(3, SHIM_ENDED, status);
    _exit(0);
}

int shim_start(const struct shim_program *program) {
    // Blocked from before the fork on, so that the keeper misses none and runs no handler of this process.
    sigset_t all, before, watched;
    sigfillset(&all);
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGTERM);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t parent = getpid();
    const pid_t keeper = fork();
    const int code = errno;
    if (keeper == 0) {
        keep(program, parent, &watched);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return keeper;
}
