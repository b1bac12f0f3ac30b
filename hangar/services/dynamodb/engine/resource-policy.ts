// A table's or stream's own policy: checked, kept with a revision, taken away.

import { AwsError } from "../../../kernel/aws-error.ts";
import { policyNotFound, validation } from "../errors.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import { findResource } from "./find-resource.ts";

type Policy = NonNullable<TableRow["policy"]>;

const MAX_BYTES = 20 * 1024;
/** An expected revision of a policy that is not there yet. */
const NO_POLICY = "NO_POLICY";

export function readPolicy(context: DynamoContext, arn: string): Policy | undefined {
  const { table, kind } = findResource(context, arn);
  return kind === "table" ? table.policy : table.streamPolicy;
}

export function writePolicy(context: DynamoContext, arn: string, policy: Policy | undefined): void {
  const { table, store, kind } = findResource(context, arn);
  store.tables.put(table.name, kind === "table" ? { ...table, policy } : { ...table, streamPolicy: policy });
}

export function checkPolicy(document: string): void {
  if (Buffer.byteLength(document) > MAX_BYTES)
    throw validation(
      `Resource-based policy size ${Buffer.byteLength(document)} exceeds the maximum of ${MAX_BYTES} bytes`,
    );
  try {
    const parsed: unknown = JSON.parse(document);
    if (typeof parsed === "object" && parsed !== null && "Statement" in parsed) return;
  } catch (error) {
    if (error instanceof AwsError) throw error;
  }
  throw validation("Policy document is malformed: it is not a valid JSON policy document");
}

export function checkRevision(arn: string, present: Policy | undefined, expected: string | undefined): void {
  if (expected === undefined || (present?.revision ?? NO_POLICY) === expected) return;
  throw policyNotFound(arn);
}
