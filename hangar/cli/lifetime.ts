// What Ctrl-C and SIGTERM do to a command: the newest listener gets them, so that nothing is left behind.

import { constants } from "node:os";

type Listener = (signal: NodeJS.Signals) => void;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const listeners: Listener[] = [];

function deliver(signal: NodeJS.Signals): void {
  listeners.at(-1)?.(signal);
}

/** Answers how to stop listening; without a listener signals end the process as usual. */
export function onSignal(listener: Listener): () => void {
  if (listeners.length === 0) for (const signal of SIGNALS) process.on(signal, deliver);
  listeners.push(listener);
  return () => {
    const index = listeners.indexOf(listener);
    if (index >= 0) listeners.splice(index, 1);
    if (listeners.length === 0) for (const signal of SIGNALS) process.off(signal, deliver);
  };
}

/** `hangar logs --follow | head`: when nobody reads any more we end, as after a signal. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (listeners.length === 0) process.exit(0);
    deliver("SIGTERM");
  });
}

/** Resolves at the first signal. A second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    onSignal(() => {
      onSignal((signal) => process.exit(exitCodeOf(signal)));
      resolve();
    });
  });
}

/** Clears up and ends the process at the first signal. Answers how to take that back. */
export function endOnSignal(clearUp: () => Promise<void>): () => void {
  return onSignal((signal) => {
    onSignal((second) => process.exit(exitCodeOf(second)));
    void clearUp().finally(() => process.exit(exitCodeOf(signal)));
  });
}

/** As shells count: 130 for Ctrl-C. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
