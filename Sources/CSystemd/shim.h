// The parts of libsystemd that Swift can import: the printf-like senders are variadic and cannot be.
#pragma once

// Otherwise sd_journal_sendv is a macro that adds the place of this header as CODE_FILE.
#define SD_JOURNAL_SUPPRESS_LOCATION

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
