// Lambda's words for how a runtime or an extension ended.

type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export function exitReason(end: End): string {
  return end.signal === null && end.code === 0
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: ${endOf(end)}`;
}

export function endOf({ code, signal }: End): string {
  if (signal === null) return `exit status ${code}`;
  return `signal: ${SIGNAL_NAMES[signal] ?? signal.slice(3).toLowerCase()}`;
}

/** Go's, in which Lambda's supervisor is written. */
const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  SIGHUP: "hangup",
  SIGINT: "interrupt",
  SIGQUIT: "quit",
  SIGILL: "illegal instruction",
  SIGTRAP: "trace/breakpoint trap",
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGKILL: "killed",
  SIGUSR1: "user defined signal 1",
  SIGSEGV: "segmentation fault",
  SIGUSR2: "user defined signal 2",
  SIGPIPE: "broken pipe",
  SIGALRM: "alarm clock",
  SIGTERM: "terminated",
};
