// KMS keys of replicas: each is of its own region, and all are of one kind.

import { AwsError } from "../../../kernel/aws-error.ts";
import { invalidParameter, validation } from "../errors.ts";
import type { CreateReplica } from "../rules/replica-updates.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import { watchKey } from "./watch-key.ts";
import { replicasOf } from "./replicas.ts";

export const MANAGED_KEY = "alias/aws/dynamodb";

/** A key's ARN in any form: a bare id or alias is looked up in the replica's region. */
export async function keyForReplica(
  context: DynamoContext,
  { sse }: TableRow,
  { RegionName: region, KMSMasterKeyId: given }: CreateReplica,
): Promise<TableRow["sse"]> {
  if (sse === undefined) {
    if (given !== undefined) throw keyForEach();
    return undefined;
  }
  if (sse.managed === true) {
    if (given !== undefined && given !== MANAGED_KEY) throw oneKind();
    return managedKey(context, region);
  }
  if (given === undefined) throw keyForEach();
  if (given === MANAGED_KEY) throw oneKind();
  try {
    const keyArn = await context.ports.keys.resolve(given, region);
    watchKey(context, keyArn, region);
    return { keyArn };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw validation(
      `KMS validation error for region ${region}: com.amazonaws.services.kms.model.${error.code}: ${error.message} (Service: AWSKMS; Status Code: 400; Error Code: ${error.code}; Request ID: ${context.ids.uuid()}; Proxy: null)`,
    );
  }
}

/** A change of one replica's encryption is one of all, but for the customer's key itself. */
export function checkSharedKey(context: DynamoContext, table: TableRow, key: TableRow["sse"]): void {
  if (replicasOf(context, table).length === 0 || key === undefined || key.managed === true) return;
  if (table.sse === undefined) throw keyForEach();
  if (table.sse.managed === true) throw oneKind();
}

export async function shareKey(context: DynamoContext, table: TableRow): Promise<void> {
  if (table.sse !== undefined && table.sse.managed !== true) return;
  for (const { table: replica } of replicasOf(context, table)) {
    const sse = table.sse === undefined ? undefined : await managedKey(context, replica.region);
    const { tables } = context.storeAt(replica.account, replica.region);
    const now = tables.get(replica.name);
    if (now !== undefined) tables.put(replica.name, { ...now, sse });
  }
}

async function managedKey(context: DynamoContext, region: string): Promise<TableRow["sse"]> {
  return { keyArn: await context.ports.keys.resolve(MANAGED_KEY, region), managed: true };
}

export function keyForEach(): AwsError {
  return invalidParameter("KMSMasterKeyId must be specified for each replica.");
}

function oneKind(): AwsError {
  return invalidParameter("All replica keys must either be Customer Managed CMK or AWS Managed CMK.");
}
