// Brings the replicas of a global table from one set of properties to another.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { asTable, byName, isProvisioned, readUnits, regional, replicas, type Json } from "./global-table-properties.ts";
import { applyChanges, caller } from "./table-changes.ts";
import { applyInsights } from "./table-insights.ts";
import { present, same } from "./table-properties.ts";

export type GlobalChange = { readonly name: string; readonly properties: Properties; readonly previous: Properties };

type Described = Json;

export async function describe(name: string, context: ResourceContext): Promise<Described | undefined> {
  const found = await unlessGone(caller(context)("DescribeTable", { TableName: name }));
  return found?.["Table"] as Described | undefined;
}

/** Regions of the other replicas that are there. */
export function regionsOf(table: Described | undefined): readonly string[] {
  return ((table?.["Replicas"] ?? []) as readonly Json[]).map((replica) => String(replica["RegionName"]));
}

export function otherReplicas(properties: Properties, context: ResourceContext): readonly Json[] {
  return replicas(properties).filter((replica) => replica["Region"] !== context.region);
}

/** What a table with these properties has, beside its own region, that is not there yet. */
export function missing(properties: Properties, there: readonly string[], context: ResourceContext): readonly Json[] {
  return otherReplicas(properties, context).filter((replica) => !there.includes(String(replica["Region"])));
}

/** A new table gets all of its replicas; later DynamoDB takes one change of them at a time, and says so. */
export async function changeMembers(
  { name, properties, previous }: GlobalChange,
  context: ResourceContext,
  first: boolean,
): Promise<void> {
  const there = regionsOf(await describe(name, context));
  const wanted = new Set(otherReplicas(properties, context).map((replica) => String(replica["Region"])));
  const creates = missing(properties, there, context).map((replica) => ({
    Create: present({
      RegionName: replica["Region"],
      KMSMasterKeyId: (replica["SSESpecification"] as Json | undefined)?.["KMSMasterKeyId"],
    }),
  }));
  const deletes = there.filter((region) => !wanted.has(region)).map((RegionName) => ({ Delete: { RegionName } }));
  const strong = properties["MultiRegionConsistency"] === "STRONG";
  const update = async (ReplicaUpdates: readonly object[], more: Json = {}): Promise<void> => {
    await caller(context)("UpdateTable", { TableName: name, ReplicaUpdates, ...more });
  };
  if (first && !strong) for (const create of creates) await update([create]);
  else if (creates.length + deletes.length > 0) {
    const witnesses = witnessUpdates(properties, previous);
    const MultiRegionConsistency = creates.length > 0 && strong ? "STRONG" : undefined;
    await update([...creates, ...deletes], present({ MultiRegionConsistency, GlobalTableWitnessUpdates: witnesses }));
  }
}

function witnessUpdates(properties: Properties, previous: Properties): readonly object[] | undefined {
  const regions = (of: Properties): readonly string[] =>
    ((of["GlobalTableWitnesses"] ?? []) as readonly Json[]).map((witness) => String(witness["Region"]));
  const [before, after] = [regions(previous), regions(properties)];
  const updates = [
    ...after.filter((region) => !before.includes(region)).map((RegionName) => ({ Create: { RegionName } })),
    ...before.filter((region) => !after.includes(region)).map((RegionName) => ({ Delete: { RegionName } })),
  ];
  return updates.length === 0 ? undefined : updates;
}

/** Each replica gets what is its own: in its region what DynamoDB keeps there, from here what differs from the table. */
export async function changeReplicas(
  { name, properties, previous }: GlobalChange,
  context: ResourceContext,
): Promise<void> {
  const before = new Map(replicas(previous).map((replica) => [replica["Region"], replica]));
  for (const replica of otherReplicas(properties, context)) {
    const region = String(replica["Region"]);
    const there: ResourceContext = {
      ...context,
      region,
      tags: [],
      call: (service, operation, input, options) => context.call(service, operation, input, { region, ...options }),
    };
    const arn = `arn:aws:dynamodb:${region}:${context.account}:table/${name}`;
    const old = before.get(region);
    await changeKey(name, [old, replica], there);
    const stream = properties["StreamSpecification"];
    const [wanted, was] = [regional(replica, stream), regional(old, stream)];
    await applyChanges({ name, arn, properties: wanted, previous: was }, there);
    await applyInsights({ name, properties: replica, previous: old ?? {} }, caller(there));
    const action = overrides(properties, [asTable(properties, context.region), replica], await describe(name, there));
    if (Object.keys(action).length > 0)
      await caller(context)("UpdateTable", {
        TableName: name,
        ReplicaUpdates: [{ Update: { RegionName: region, ...action } }],
      });
  }
}

async function changeKey(
  name: string,
  [before, after]: readonly [Json | undefined, Json],
  context: ResourceContext,
): Promise<void> {
  const key = (of: Json): unknown => (of["SSESpecification"] as Json | undefined)?.["KMSMasterKeyId"];
  if (before === undefined || same(key(before), key(after)) || key(after) === undefined) return;
  const SSESpecification = { Enabled: true, SSEType: "KMS", KMSMasterKeyId: key(after) };
  await caller(context)("UpdateTable", { TableName: name, SSESpecification });
}

/** What has to change for a replica to be as wanted: what it says nothing of is as in the table. */
function overrides(
  properties: Properties,
  [home, replica]: readonly [Properties, Json],
  now: Described | undefined,
): Json {
  if (now === undefined) return {};
  const provisioned = isProvisioned(properties);
  const wanted = byName(replica["GlobalSecondaryIndexes"]);
  const homeIndexes = byName(home["GlobalSecondaryIndexes"]);
  const indexes = ((now["GlobalSecondaryIndexes"] ?? []) as readonly Described[]).flatMap((index) => {
    const IndexName = index["IndexName"];
    const own = reads(provisioned, [homeIndexes.get(IndexName) ?? {}, wanted.get(IndexName) ?? {}], index);
    return Object.keys(own).length === 0 ? [] : [{ IndexName, ...own }];
  });
  const shown = (now["TableClassSummary"] as Json | undefined)?.["TableClass"] ?? "STANDARD";
  const tableClass = replica["TableClass"] ?? "STANDARD";
  return present({
    ...reads(provisioned, [home, replica], now),
    TableClassOverride: shown === tableClass ? undefined : tableClass,
    GlobalSecondaryIndexes: indexes.length === 0 ? undefined : indexes,
  });
}

function reads(provisioned: boolean, [home, own]: readonly [Json, Json], now: Described): Json {
  if (provisioned) {
    const base = (home["ProvisionedThroughput"] as Json | undefined)?.["ReadCapacityUnits"];
    const ReadCapacityUnits = readUnits(own["ReadProvisionedThroughputSettings"]) ?? base;
    const shown = (now["ProvisionedThroughput"] as Json | undefined)?.["ReadCapacityUnits"];
    return ReadCapacityUnits === undefined || ReadCapacityUnits === shown
      ? {}
      : { ProvisionedThroughputOverride: { ReadCapacityUnits } };
  }
  const limit = (of: unknown): number | undefined => {
    const value = (of as Json | undefined)?.["MaxReadRequestUnits"];
    return value === undefined ? undefined : Number(value);
  };
  const wanted = limit(own["ReadOnDemandThroughputSettings"]) ?? limit(home["OnDemandThroughput"]) ?? -1;
  return wanted === (limit(now["OnDemandThroughput"]) ?? -1)
    ? {}
    : { OnDemandThroughputOverride: { MaxReadRequestUnits: wanted } };
}
