// What services ask of Lambda.

import type { Caller, Principal } from "../cloud/operation.ts";

/** `functionError` is set (`Unhandled`) when the handler failed; `payload` then holds AWS's error object. */
export type Invocation = {
  readonly payload: Uint8Array;
  readonly functionError?: string | undefined;
  readonly requestId: string;
  readonly logTail?: string | undefined;
  readonly executedVersion: string;
};

/** A piece of a response, or its end, with the error's code where the handler failed. */
export type StreamedPiece = {
  readonly PayloadChunk?: { readonly Payload?: Uint8Array | undefined } | undefined;
  readonly InvokeComplete?: { readonly ErrorCode?: string | undefined } | undefined;
};

export type FunctionsPort = {
  /** RequestResponse through the real Invoke. `arn` may be unqualified or qualified, or a name. */
  invoke(arn: string, payload: string | Uint8Array, as: Principal): Promise<Invocation>;
  /** The response as it is written, through the real InvokeWithResponseStream. */
  stream(arn: string, payload: string | Uint8Array, as: Caller | Principal): Promise<AsyncIterable<StreamedPiece>>;
  /** Event: queued, retried, dead-lettered. */
  invokeLater(arn: string, payload: string | Uint8Array, as: Principal): Promise<void>;
};
