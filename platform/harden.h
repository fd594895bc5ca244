#pragma once

namespace foyer {

/// Makes what a session leaves in memory hard to find: freed memory is overwritten at
/// once, also what Pango and JSON freed, there are no core files, and no other process
/// of our user may look inside (ptrace, /proc/self/mem).
///
/// glibc and GLib read part of this from the environment before main(), so the first
/// call starts the program once more in place, with
/// `GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.perturb=…` and
/// `G_SLICE=always-malloc`; it then returns in the second life. A mark in the
/// environment keeps it from doing so again; where the program cannot be started again
/// (no /proc) it goes on without and returns false. Costs about as much as dynamic
/// linking; README.md has the figure.
///
/// A process that is not dumpable opens its own /proc/self/mem only as root.
///
/// Call it first in main(), before any thread, file or output. `argv` is main's.
bool harden_process(char** argv);

/// The part that needs no second start: no core files, not traceable, freed memory
/// overwritten except what the per-thread cache holds.
void harden_this_life();

}  // namespace foyer
