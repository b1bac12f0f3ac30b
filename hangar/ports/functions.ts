// What services ask of Lambda.

import type { Principal } from "../cloud/operation.ts";

/** `functionError` is set (`Unhandled`) when the handler failed; `payload` then holds AWS's error object. */
export type Invocation = {
  readonly payload: Uint8Array;
  readonly functionError?: string | undefined;
  readonly requestId: string;
  readonly logTail?: string | undefined;
  readonly executedVersion: string;
};

export type FunctionsPort = {
  /** RequestResponse through the real Invoke. `arn` may be unqualified or qualified, or a name. */
  invoke(arn: string, payload: string | Uint8Array, as: Principal): Promise<Invocation>;
  /** Event: queued, retried, dead-lettered. */
  invokeLater(arn: string, payload: string | Uint8Array, as: Principal): Promise<void>;
};
