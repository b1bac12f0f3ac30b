// Checks what UpdateTable asks of replicas and witnesses, in AWS's words and order.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { ReplicationGroupUpdate, UpdateTableInput } from "../../../models/dynamodb.d.ts";
import { invalidParameter, validation } from "../errors.ts";

export type CreateReplica = NonNullable<ReplicationGroupUpdate["Create"]>;
export type UpdateReplica = NonNullable<ReplicationGroupUpdate["Update"]>;

export type ReplicaChanges = {
  readonly create: readonly CreateReplica[];
  readonly update: readonly UpdateReplica[];
  /** Regions. */
  readonly delete: readonly string[];
  readonly witness?: { readonly create?: string | undefined; readonly delete?: string | undefined } | undefined;
  readonly consistency?: string | undefined;
};

/** What may not stand beside a change of replicas. */
const ALONE: readonly (keyof UpdateTableInput)[] = [
  "AttributeDefinitions",
  "ProvisionedThroughput",
  "BillingMode",
  "StreamSpecification",
  "GlobalSecondaryIndexUpdates",
  "SSESpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
  "WarmThroughput",
];

const REGIONS =
  "ap-south-2, ap-south-1, eu-south-1, eu-south-2, me-central-1, il-central-1, ca-central-1, ca-west-1, eu-central-1, eu-central-2, us-west-1, us-west-2, af-south-1, eu-north-1, eu-west-3, eu-west-2, eu-west-1, ap-northeast-3, ap-northeast-2, me-south-1, ap-northeast-1, sa-east-1, ap-east-1, ap-east-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, ap-southeast-5, ap-southeast-7, mx-central-1, us-east-1, us-east-2";
const KNOWN = new Set(REGIONS.split(", "));

/** Regions that take part in strong consistency. */
const STRONG_REGIONS = new Set(
  "us-east-1 us-east-2 us-west-2 eu-west-1 eu-west-2 eu-west-3 eu-central-1 ap-northeast-1 ap-northeast-2 ap-northeast-3".split(
    " ",
  ),
);

export function isReplicaRegion(name: string): boolean {
  return KNOWN.has(name);
}

export function readReplicaChanges(input: UpdateTableInput, region: string): ReplicaChanges {
  const { ReplicaUpdates: updates = [], GlobalTableWitnessUpdates: witnesses, MultiRegionConsistency } = input;
  if (ALONE.some((name) => input[name] !== undefined)) {
    throw witnesses === undefined && MultiRegionConsistency === undefined
      ? invalidParameter("Replica modification must be the only operation in the request")
      : validation("Requests that modify replicas or witnesses must not also modify other fields");
  }
  const [witness] = witnesses ?? [];
  const changes: ReplicaChanges = {
    ...readUpdates(updates),
    consistency: MultiRegionConsistency,
    witness:
      witness === undefined ? undefined : { create: witness.Create?.RegionName, delete: witness.Delete?.RegionName },
  };
  checkRegions(changes, region);
  checkConsistency(changes, region);
  return changes;
}

function readUpdates(updates: readonly ReplicationGroupUpdate[]): ReplicaChanges {
  const kinds = new Set(updates.flatMap(kindsOf));
  if (kinds.size > 1)
    throw validation("Update table operation with more than one type of replica actions not allowed.");
  const create = new Map(updates.flatMap(({ Create }) => (Create === undefined ? [] : [[Create.RegionName, Create]])));
  const removed = updates.flatMap(({ Delete }) => Delete?.RegionName ?? []);
  const update = updates.flatMap(({ Update }) => Update ?? []);
  if (!update.every(saysSomething)) throw nothingToDo();
  return { create: [...create.values()], update, delete: [...new Set(removed)] };
}

function kindsOf(update: ReplicationGroupUpdate): string[] {
  if (update.Disassociate !== undefined) throw notEmulated("DynamoDB global tables across accounts");
  const kinds = Object.entries(update).flatMap(([kind, action]) => (action === undefined ? [] : [kind]));
  if (kinds.length === 0) throw nothingToDo();
  return kinds;
}

/** An index without an override of its own changes nothing. */
function saysSomething({ RegionName: _region, GlobalSecondaryIndexes: indexes, ...settings }: UpdateReplica): boolean {
  return (
    Object.values(settings).some((setting) => setting !== undefined) ||
    (indexes ?? []).some(
      (index) => index.ProvisionedThroughputOverride !== undefined || index.OnDemandThroughputOverride !== undefined,
    )
  );
}

function nothingToDo(): Error {
  return validation("There are no actions specified in the Replica Update Action of the request.");
}

function checkRegions({ create, update, delete: removed, witness }: ReplicaChanges, local: string): void {
  const made = create.map((action) => action.RegionName);
  if ([...made, ...removed].includes(local))
    throw validation(
      "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.",
    );
  const all = [...made, ...removed, ...update.map((action) => action.RegionName), witness?.create ?? local];
  const unknown = all.find((region) => !KNOWN.has(region));
  if (unknown !== undefined)
    throw validation(
      `Region ${unknown} is not supported. The latest version of global tables are only supported in the following regions: [${REGIONS}]`,
    );
}

function checkConsistency(
  { create, delete: removed, witness, consistency, update }: ReplicaChanges,
  local: string,
): void {
  if (consistency !== "STRONG") {
    if (witness?.create !== undefined)
      throw validation(
        "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.",
      );
    if (consistency !== undefined && create.length === 0)
      throw validation("Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.");
    if (create.length > 1) throw tooMany();
    return;
  }
  if (removed.length > 0 || update.length > 0 || witness?.delete !== undefined)
    throw validation("Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.");
  const made = create.map((action) => action.RegionName);
  const wanted = witness?.create;
  if (wanted === local)
    throw validation(
      "Cannot add a witness in the same region as an existing replica when creating a global table with MultiRegionConsistency set to STRONG.",
    );
  if (wanted !== undefined && made.includes(wanted))
    throw validation("Cannot target multiple regions with the same action");
  const all = wanted === undefined ? made : [...made, wanted];
  const unsupported = all.filter((region) => !STRONG_REGIONS.has(region));
  if (unsupported.length > 0)
    throw validation(
      `Unsupported Region(s) specified for global tables with MultiRegionConsistency set to STRONG: [${unsupported.join(", ")}].`,
    );
  if (all.length !== 2 || made.length === 0)
    throw validation("Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.");
}

/** Two replicas at a time: for strongly consistent tables only. */
export function tooMany(): Error {
  return validation("Update table operation with more than one create or delete replica actions not allowed");
}
