// Auto scaling of a global table's capacity, from CloudFormation's words into DynamoDB's.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import { byName, isProvisioned, replicas, type Json } from "./global-table-properties.ts";
import { caller } from "./table-changes.ts";
import { bool, present, same } from "./table-properties.ts";
import type { GlobalChange } from "./replica-changes.ts";

export async function changeScaling(
  { name, properties, previous }: GlobalChange,
  context: ResourceContext,
): Promise<void> {
  if (!isProvisioned(properties) || replicas(properties).length < 2) return;
  const before = replicas(previous).length < 2 || !isProvisioned(previous) ? {} : previous;
  const input = present({
    ProvisionedWriteCapacityAutoScalingUpdate: writes(properties, before),
    GlobalSecondaryIndexUpdates: writesOfIndexes(properties, before),
    ReplicaUpdates: readsOfReplicas(properties, before),
  });
  if (Object.keys(input).length > 0)
    await caller(context)("UpdateTableReplicaAutoScaling", { TableName: name, ...input });
}

function writes(now: Json, before: Json): Json | undefined {
  return changed("Write", now["WriteProvisionedThroughputSettings"], before["WriteProvisionedThroughputSettings"]);
}

function reads(now: Json, before: Json): Json | undefined {
  return changed("Read", now["ReadProvisionedThroughputSettings"], before["ReadProvisionedThroughputSettings"]);
}

function writesOfIndexes(now: Properties, before: Properties): readonly Json[] | undefined {
  const old = byName(before["GlobalSecondaryIndexes"]);
  return list(byName(now["GlobalSecondaryIndexes"]), (IndexName, index) => {
    const update = writes(index, old.get(IndexName) ?? {});
    return update === undefined ? undefined : { IndexName, ProvisionedWriteCapacityAutoScalingUpdate: update };
  });
}

function readsOfReplicas(now: Properties, before: Properties): readonly Json[] | undefined {
  const old = new Map<unknown, Json>(replicas(before).map((replica) => [replica["Region"], replica]));
  return list(new Map(replicas(now).map((replica) => [replica["Region"], replica])), (RegionName, replica) => {
    const was = old.get(RegionName) ?? {};
    const oldIndexes = byName(was["GlobalSecondaryIndexes"]);
    const update = present({
      ReplicaProvisionedReadCapacityAutoScalingUpdate: reads(replica, was),
      ReplicaGlobalSecondaryIndexUpdates: list(byName(replica["GlobalSecondaryIndexes"]), (IndexName, index) => {
        const own = reads(index, oldIndexes.get(IndexName) ?? {});
        return own === undefined ? undefined : { IndexName, ProvisionedReadCapacityAutoScalingUpdate: own };
      }),
    });
    return Object.keys(update).length === 0 ? undefined : { RegionName, ...update };
  });
}

function list(
  all: ReadonlyMap<unknown, Json>,
  each: (key: unknown, value: Json) => Json | undefined,
): readonly Json[] | undefined {
  const found = [...all].flatMap(([key, value]): readonly Json[] => {
    const update = each(key, value);
    return update === undefined ? [] : [update];
  });
  return found.length === 0 ? undefined : found;
}

function changed(kind: "Read" | "Write", now: unknown, before: unknown): Json | undefined {
  const settings = (of: unknown): Json | undefined =>
    (of as Json | undefined)?.[`${kind}CapacityAutoScalingSettings`] as Json | undefined;
  const [wanted, old] = [settings(now), settings(before)];
  if (same(wanted, old)) return undefined;
  if (wanted === undefined) return { AutoScalingDisabled: true };
  return {
    MinimumUnits: Number(wanted["MinCapacity"]),
    MaximumUnits: Number(wanted["MaxCapacity"]),
    ScalingPolicyUpdate: { TargetTrackingScalingPolicyConfiguration: policy(wanted) },
  };
}

function policy(settings: Json): Json {
  const { TargetValue, DisableScaleIn, ScaleInCooldown, ScaleOutCooldown } = settings[
    "TargetTrackingScalingPolicyConfiguration"
  ] as Json;
  const seconds = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
  return present({
    TargetValue: Number(TargetValue),
    DisableScaleIn: DisableScaleIn === undefined ? undefined : bool(DisableScaleIn),
    ScaleInCooldown: seconds(ScaleInCooldown),
    ScaleOutCooldown: seconds(ScaleOutCooldown),
  });
}
