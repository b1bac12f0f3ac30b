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

const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGABRT: "aborted",
  SIGTERM: "terminated",
  SIGINT: "interrupt",
};
