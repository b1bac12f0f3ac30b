// A table's or stream's own policy: found, kept with a revision, taken away.

import { parseArn } from "../../../kernel/arn.ts";
import { policyNotFound, validation } from "../errors.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import { findResource } from "./find-resource.ts";

type Policy = NonNullable<TableRow["policy"]>;

/** An expected revision of a policy that is not there yet. */
const NO_POLICY = "NO_POLICY";

export function readPolicy(context: DynamoContext, arn: string): Policy | undefined {
  const { table, kind } = findResource(context, arn);
  return kind === "table" ? table.policy : table.streamPolicy;
}

/** For IAM: the policy that speaks for a stream. */
export function streamPolicy(context: DynamoContext, arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed === undefined) return undefined;
  const table = context.storeAt(parsed.account, parsed.region).tables.get(parsed.resource.split("/")[1] ?? "");
  return table?.stream?.arn === arn ? table.streamPolicy?.document : undefined;
}

export function writePolicy(context: DynamoContext, arn: string, policy: Policy | undefined): void {
  const { table, store, kind } = findResource(context, arn);
  store.tables.put(table.name, kind === "table" ? { ...table, policy } : { ...table, streamPolicy: policy });
}

export function checkRevision(arn: string, present: Policy | undefined, expected: string | undefined): void {
  if (expected === undefined || (present?.revision ?? NO_POLICY) === expected) return;
  throw policyNotFound(arn);
}

/** Nobody shuts themselves out of a policy unless they say so. */
export function checkStaysIn(context: DynamoContext, arn: string, document: string): void {
  const need = { action: "dynamodb:PutResourcePolicy", resource: arn, owner: parseArn(arn)?.account, policy: document };
  if (context.caller.kind === "service" || context.ports.access.decide(context.caller, [need], {}).allowed) return;
  throw validation(
    "The new resource-based policy will not allow you to change the policy of this resource in the future. Set ConfirmRemoveSelfResourceAccess to confirm that.",
  );
}

/** A policy may name roles of this account only when they are there; of other accounts nothing is known. */
export function roleIsThere(context: DynamoContext): (arn: string) => boolean {
  return (arn) => parseArn(arn)?.account !== context.account || context.ports.access.role(arn) !== undefined;
}
