// The KMS key of a table whose encryption is asked for.

import { invalidParameter } from "../errors.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import { MANAGED_KEY } from "./replica-key.ts";

type Specification = {
  readonly Enabled?: boolean | undefined;
  readonly SSEType?: string | undefined;
  readonly KMSMasterKeyId?: string | undefined;
};

/** Without a specification a table has AWS's own key, which is not shown. */
export async function keyForTable(context: DynamoContext, sse: Specification | undefined): Promise<TableRow["sse"]> {
  if (sse === undefined) return undefined;
  if (sse.Enabled !== true) {
    if (sse.KMSMasterKeyId !== undefined)
      throw invalidParameter("KMSMasterKeyId can only be specified when SSE is enabled");
    return undefined;
  }
  if (sse.SSEType === "AES256") throw invalidParameter("SSEType AES256 is not supported");
  const key = sse.KMSMasterKeyId ?? MANAGED_KEY;
  return { keyArn: await context.ports.keys.resolve(key), managed: key === MANAGED_KEY };
}
