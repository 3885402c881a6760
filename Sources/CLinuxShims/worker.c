// Between vfork(2) and execve(2) only what signal-safety(7) allows; the memory is the parent's, which waits meanwhile.
#include "CLinuxWorkers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// MARK: - Starting one

struct start {
    const char *program;
    char *const *arguments;
    char *const *environment;
    int channel, error, null;
    const struct shim_worker_limit *limits;
    int limit_count;
    pid_t parent;
};

static int set_limit(const struct shim_worker_limit *limit) {
    struct rlimit value;
    if (getrlimit((__rlimit_resource_t)limit->resource, &value) < 0) {
        return -1;
    }
    // What is already less stays: only root may raise it.
    value.rlim_cur = limit->value < value.rlim_max ? limit->value : value.rlim_max;
    if (limit->is_hard) {
        value.rlim_max = value.rlim_cur;
    }
    return setrlimit((__rlimit_resource_t)limit->resource, &value);
}

// Returns the errno of what failed.
static int become(const struct start *start) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != start->parent) {
        return ESRCH;  // it ended before the line above
    }
    // All three lie above 3 (see below): none is overwritten before it is copied.
    if (dup2(start->null, 0) < 0 || dup2(start->null, 1) < 0 || dup2(start->error, 2) < 0 ||
        dup2(start->channel, 3) < 0) {
        return errno;
    }
    if (syscall(SYS_close_range, 4, ~0U, 0) < 0) {
        // Kernels before 5.9: everything of ours is close-on-exec anyway.
    }
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) {
        sigaction(number, &action, NULL);  // fails for the two that nobody can change
    }
    action.sa_handler = SIG_IGN;
    const int ignored[] = {SIGTERM, SIGINT, SIGHUP, SIGPIPE};
    for (unsigned index = 0; index < sizeof ignored / sizeof *ignored; index++) {
        sigaction(ignored[index], &action, NULL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int index = 0; index < start->limit_count; index++) {
        if (set_limit(&start->limits[index]) < 0) {
            return errno;
        }
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    execve(start->program, start->arguments, start->environment);
    return errno;
}

// A function of its own: what vfork(2) shares must not be in registers of a frame that goes on.
static __attribute__((noinline)) pid_t start_process(const struct start *start, volatile int *failure) {
    const pid_t process = vfork();
    if (process == 0) {
        *failure = become(start);
        _exit(127);
    }
    return process;
}

static int raised(int descriptor) {
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
}

pid_t shim_start_worker(const char *program, char *const *arguments, char *const *environment, int channel, int error,
                        const struct shim_worker_limit *limits, int limit_count) {
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    struct start start = {
        .program = program,
        .arguments = arguments,
        .environment = environment,
        .channel = raised(channel),
        .error = raised(error),
        .null = null < 0 ? -1 : raised(null),
        .limits = limits,
        .limit_count = limit_count,
        .parent = getpid(),
    };
    pid_t process = -1;
    int code = errno;
    if (start.channel >= 0 && start.error >= 0 && start.null >= 0) {
        // No handler of this process may run in the child while it has the parent's memory.
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        volatile int failure = 0;
        process = start_process(&start, &failure);
        code = errno;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        if (process > 0 && failure != 0) {
            while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {
            }
            process = -1;
            code = failure;
        }
    }
    const int opened[] = {null, start.null, start.error, start.channel};
    for (unsigned index = 0; index < sizeof opened / sizeof *opened; index++) {
        if (opened[index] >= 0) {
            close(opened[index]);
        }
    }
    errno = code;
    return process;
}

// MARK: - What it gives up

// Numbers of the kernel's interface (landlock(7)); headers of a build machine may be older than the kernel it runs on.
enum { LANDLOCK_CREATE_RULESET = 444, LANDLOCK_RESTRICT_SELF = 446 };
enum { LANDLOCK_VERSION_1_RIGHTS = (1 << 13) - 1 };

// A ruleset without a rule: every right that it handles is refused everywhere.
static int give_up_files(void) {
    const uint64_t handled = LANDLOCK_VERSION_1_RIGHTS;
    const int ruleset = (int)syscall(LANDLOCK_CREATE_RULESET, &handled, sizeof handled, 0);
    if (ruleset < 0) {
        return 0;
    }
    const int done = syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0;
    close(ruleset);
    return done;
}

#if defined(__x86_64__)
enum { NATIVE = AUDIT_ARCH_X86_64 };
#elif defined(__aarch64__)
enum { NATIVE = AUDIT_ARCH_AARCH64 };
#else
enum { NATIVE = 0 };
#endif

// What a program needs that computes and answers: memory, time, locks, its channel, and to end. Everything else fails
// with EPERM instead of killing: a library that asks for a file does without.
static const int needed[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_recvfrom, SYS_sendto, SYS_recvmsg, SYS_sendmsg, SYS_ppoll, SYS_close,
    SYS_lseek, SYS_fstat, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_brk, SYS_futex, SYS_sched_yield,
    SYS_sched_getaffinity, SYS_clock_gettime, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_getrandom,
    SYS_getpid, SYS_gettid, SYS_getrlimit, SYS_getrusage, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn,
    SYS_sigaltstack, SYS_restart_syscall, SYS_exit, SYS_exit_group,
#ifdef SYS_poll
    SYS_poll,
#endif
};
// tgkill only to itself: abort(3) and raise(3) need it.

static int give_up_calls(void) {
    enum { CALLS = sizeof needed / sizeof *needed, HEAD = 4, TAIL = 5 };
    if (NATIVE == 0) {
        return 0;
    }
    struct sock_filter code[HEAD + CALLS + TAIL];
    unsigned at = 0;
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)NATIVE, 1, 0);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (unsigned call = 0; call < CALLS; call++, at++) {
        // To the last instruction, which allows.
        const uint8_t distance = (uint8_t)(CALLS - call - 1 + TAIL - 1);
        code[at] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)needed[call], distance, 0);
    }
    // Little-endian on both machines: the low half of the first argument, a process, comes first.
    code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 2);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args));
    code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const struct sock_fprog filter = {.len = (unsigned short)at, .filter = code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

int shim_give_up_the_system(void) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        return 0;
    }
    // Landlock first: its calls are not among those that are left.
    const int files = give_up_files() ? SHIM_NO_FILES : 0;
    return files | (give_up_calls() ? SHIM_FEW_CALLS : 0);
}

// MARK: - What is seen of its end

static const char *memory_note;

static void say_why(int signal) {
    // malloc(3) says ENOMEM, and neither the runtime nor abort(3) changes that on the way here.
    const int code = errno;
    if (code == ENOMEM && memory_note != NULL) {
        const ssize_t ignored = write(2, memory_note, strlen(memory_note));
        (void)ignored;
    }
    // SA_RESETHAND: the second time it does what it does to any process.
    raise(signal);
}

void shim_note_memory_deaths(const char *note) {
    // A stack of its own: where the thread's is full, there is no room for a handler.
    enum { ROOM = 64 * 1024 };
    static char room[ROOM];
    const stack_t stack = {.ss_sp = room, .ss_size = ROOM};
    sigaltstack(&stack, NULL);
    memory_note = note;
    struct sigaction action = {.sa_handler = say_why, .sa_flags = SA_ONSTACK | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
    for (unsigned index = 0; index < sizeof fatal / sizeof *fatal; index++) {
        sigaction(fatal[index], &action, NULL);
    }
}

// MARK: - What its parent does

int shim_allow_processor_time(pid_t process, unsigned seconds) {
    clockid_t clock;
    struct timespec used;
    const int code = clock_getcpuclockid(process, &clock);
    if (code != 0) {
        errno = code;
        return -1;
    }
    if (clock_gettime(clock, &used) < 0) {
        return -1;
    }
    struct rlimit limit;
    if (prlimit(process, RLIMIT_CPU, NULL, &limit) < 0) {
        return -1;
    }
    limit.rlim_cur = (rlim_t)used.tv_sec + 1 + seconds;
    if (limit.rlim_cur > limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
    }
    return prlimit(process, RLIMIT_CPU, &limit, NULL);
}

int shim_watch_process(pid_t process) {
    return (int)syscall(SYS_pidfd_open, process, 0);  // close-on-exec by itself
}

int shim_adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

const char *shim_signal_name(int signal) {
    return sigabbrev_np(signal);
}
