// Runs a function and gives its response piece by piece, as the handler writes it.

import type { LambdaContext } from "../store.ts";
import type { Outcome } from "./deployment.ts";
import { runFunction, type Run } from "./run-function.ts";

export type Piece = { readonly bytes: Uint8Array; readonly contentType: string | undefined };

/** Ends when the function does; a handler that does not stream gives no pieces, only the outcome. */
export async function* streamFunction(context: LambdaContext, run: Run): AsyncGenerator<Piece, Outcome> {
  const waiting: Piece[] = [];
  let wake: () => void = () => undefined;
  let done = false;
  const running = runFunction(context, {
    ...run,
    onChunk: (bytes, contentType) => {
      waiting.push({ bytes, contentType });
      wake();
    },
  }).finally(() => {
    done = true;
    wake();
  });
  running.catch(() => undefined);
  while (!done || waiting.length > 0) {
    yield* waiting.splice(0);
    if (!done && waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
  }
  return running;
}
