// Lambda's words for how a runtime ended.

export function exitReason(end: { readonly code: number | null; readonly signal: NodeJS.Signals | null }): string {
  if (end.signal !== null)
    return `Runtime exited with error: signal: ${SIGNAL_NAMES[end.signal] ?? end.signal.slice(3).toLowerCase()}`;
  return end.code === 0
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: exit status ${end.code}`;
}

const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGABRT: "aborted",
  SIGTERM: "terminated",
  SIGINT: "interrupt",
};
