// What one UpdateTable may change together, in AWS's words: hardly anything.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import { invalidParameter, validation } from "../errors.ts";

const CHANGES = [
  "ProvisionedThroughput",
  "BillingMode",
  "StreamSpecification",
  "GlobalSecondaryIndexUpdates",
  "SSESpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
  "WarmThroughput",
] as const satisfies readonly (keyof UpdateTableInput)[];

const ALONE = {
  SSESpecification: "Server-Side Encryption modification must be the only operation in the request",
  TableClass: "TableClass modification must be the only operation in the request",
  DeletionProtectionEnabled: "DeletionProtection modification must be the only operation in the request",
} as const;

/** What an update asks to change, beside replicas. */
export function changesOf(input: UpdateTableInput): ReadonlySet<string> {
  return new Set(
    CHANGES.filter((name) => (name === "GlobalSecondaryIndexUpdates" ? hasUpdates(input) : input[name] !== undefined)),
  );
}

export function checkCombination(input: UpdateTableInput): void {
  const asked = changesOf(input);
  if (asked.size === 0)
    throw validation(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
    );
  for (const [name, message] of Object.entries(ALONE))
    if (asked.has(name) && asked.size > 1) throw invalidParameter(message);
  const index = (input.GlobalSecondaryIndexUpdates ?? []).find(({ Create, Delete }) => Create ?? Delete);
  if (asked.has("WarmThroughput") && asked.size > 1)
    throw invalidParameter(
      index?.Create === undefined
        ? "WarmThroughput must be the only operation in the request"
        : "Create global secondary index cannot be specified when updating WarmThroughput",
    );
  if (asked.has("OnDemandThroughput") && asked.size > (asked.has("BillingMode") ? 2 : 1))
    throw invalidParameter("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
  checkCapacity(input, index !== undefined);
  if (input.StreamSpecification !== undefined && index !== undefined)
    throw invalidParameter("You cannot create or delete index while changing stream status");
}

function hasUpdates({ GlobalSecondaryIndexUpdates: updates }: UpdateTableInput): boolean {
  return updates !== undefined && updates.length > 0;
}

function checkCapacity(
  { ProvisionedThroughput: units, BillingMode: mode, StreamSpecification: stream }: UpdateTableInput,
  index: boolean,
): void {
  if (units !== undefined && mode === "PAY_PER_REQUEST")
    throw invalidParameter("ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
  if (units === undefined && mode === "PROVISIONED")
    throw invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  if (units === undefined) return;
  if (stream !== undefined) throw invalidParameter("You cannot modify stream status while updating table IOPS");
  if (index) throw invalidParameter("You cannot create or delete index while updating table IOPS");
}
