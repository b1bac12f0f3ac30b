// The URL under which an archive can be fetched for ten minutes, as AWS's presigned one.

import type { CodeRow, LambdaContext } from "../store.ts";

/** Served by the code door. */
export function codeLocation(context: LambdaContext, code: CodeRow): string {
  return `${context.request.origin}/_aws/lambda/code/${code.hash}`;
}

export function codeHash(path: string): string | undefined {
  return /^\/_aws\/lambda\/code\/([0-9a-f]{64})$/.exec(path)?.[1];
}
