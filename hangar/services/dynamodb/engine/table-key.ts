// The KMS key of a table whose encryption is asked for.

import { AwsError } from "../../../kernel/aws-error.ts";
import { invalidParameter, keyRefused } from "../errors.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import { checkTableKey } from "./find-table.ts";
import { watchKey } from "./watch-key.ts";
import { MANAGED_KEY } from "./replica-key.ts";

type Specification = {
  readonly Enabled?: boolean | undefined;
  readonly SSEType?: string | undefined;
  readonly KMSMasterKeyId?: string | undefined;
};

/** Without a specification a table has AWS's own key, which is not shown. */
export async function keyForTable(context: DynamoContext, sse: Specification | undefined): Promise<TableRow["sse"]> {
  if (sse === undefined) return undefined;
  const { Enabled: enabled, SSEType: type, KMSMasterKeyId: key } = sse;
  if (enabled === false) {
    if (type !== undefined) throw invalidParameter("SSEType can not be specified if Enabled is false");
    if (key !== undefined) throw invalidParameter("KMSMasterKeyId can not be specified if Enabled is false");
    return undefined;
  }
  if (type === "AES256") throw invalidParameter("SSEType AES256 is not supported");
  if (enabled === undefined && type === undefined && key === undefined) return undefined;
  if (key !== undefined && type !== "KMS")
    throw invalidParameter("SSEType KMS is required if KMSMasterKeyId is specified");
  const wanted = key ?? MANAGED_KEY;
  return { keyArn: await usableKey(context, wanted), managed: wanted === MANAGED_KEY };
}

/** Its ARN, once it has made a data key for the table: it is there and enabled, and the caller may use it. */
async function usableKey(context: DynamoContext, keyId: string): Promise<string> {
  try {
    const arn = await context.ports.keys.resolve(keyId);
    await context.ports.keys.generateDataKey({ keyId: arn });
    watchKey(context, arn, context.region);
    return arn;
  } catch (error) {
    if (error instanceof AwsError) throw keyRefused(error);
    throw error;
  }
}

/** What UpdateTable makes of a table's key: no change is refused. */
export async function changedKey(
  context: DynamoContext,
  table: TableRow,
  sse: Specification,
): Promise<TableRow["sse"]> {
  const { sse: current } = table;
  if (current !== undefined && sse.KMSMasterKeyId === current.keyArn)
    throw invalidParameter(
      "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key",
    );
  checkTableKey(context, table);
  const key = await keyForTable(context, sse);
  if (key === undefined && current === undefined) throw invalidParameter("Table is already encrypted by default");
  return key;
}
