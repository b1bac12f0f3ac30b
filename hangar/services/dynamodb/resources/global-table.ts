// AWS::DynamoDB::GlobalTable: a table in the stack's region and its replicas in others (the CDK's TableV2 makes these). https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { asTable, checkReplicas, isProvisioned, withoutUnits } from "./global-table-properties.ts";
import {
  changeMembers,
  changeReplicas,
  describe,
  missing,
  otherReplicas,
  regionsOf,
  type GlobalChange,
} from "./replica-changes.ts";
import { changeScaling } from "./replica-scaling-changes.ts";
import { applyChanges, caller } from "./table-changes.ts";
import { createTableResource, deleteTableResource, describeState, table } from "./table.ts";

/** Tags are a replica's: the type takes none of the stack's. */
function untagged(context: ResourceContext): ResourceContext {
  return { ...context, tags: [] };
}

async function create(properties: Properties, context: ResourceContext): Promise<ResourceState> {
  checkReplicas(properties, context);
  const wanted = asTable(properties, context.region);
  const replicated = otherReplicas(properties, context).length > 0;
  const start = replicated && isProvisioned(properties) ? withoutUnits(wanted) : wanted;
  const state = await createTableResource(start, context);
  if (!replicated) return state;
  const change: GlobalChange = { name: state.id, properties, previous: {} };
  try {
    await changeMembers(change, context, true);
    const arn = String(state.attributes["Arn"]);
    await applyChanges({ name: state.id, arn, properties: wanted, previous: start }, context);
    await changeReplicas(change, context);
    await changeScaling(change, context);
    return await describeState(state.id, context);
  } catch (error) {
    await remove(state.id, context);
    throw error;
  }
}

async function update(change: GlobalChange, arn: string, context: ResourceContext): Promise<ResourceState> {
  const { name, properties, previous } = change;
  checkReplicas(properties, context);
  const there = regionsOf(await describe(name, context));
  const wanted = asTable(properties, context.region);
  let present = asTable(previous, context.region);
  if (there.length === 0 && isProvisioned(previous) && missing(properties, there, context).length > 0) {
    const start = withoutUnits(present);
    await applyChanges({ name, arn, properties: start, previous: present }, context);
    present = start;
  }
  await changeMembers(change, context, false);
  await applyChanges({ name, arn, properties: wanted, previous: present }, context);
  await changeReplicas(change, context);
  await changeScaling(change, context);
  return describeState(name, context);
}

/** The replicas first: a table that others were made from stays. */
async function remove(name: string, context: ResourceContext): Promise<void> {
  const found = await describe(name, context);
  const deletes = regionsOf(found).map((RegionName) => ({ Delete: { RegionName } }));
  const call = caller(context);
  if (found?.["MultiRegionConsistency"] === "STRONG") {
    const witnesses = found["GlobalTableWitnesses"] as readonly { readonly RegionName: string }[] | undefined;
    const GlobalTableWitnessUpdates = witnesses?.map(({ RegionName }) => ({ Delete: { RegionName } }));
    await call("UpdateTable", {
      TableName: name,
      ReplicaUpdates: deletes,
      ...(GlobalTableWitnessUpdates !== undefined && { GlobalTableWitnessUpdates }),
    });
  } else for (const each of deletes) await call("UpdateTable", { TableName: name, ReplicaUpdates: [each] });
  await deleteTableResource(name, context);
}

export const globalTable: ResourceType = {
  type: "AWS::DynamoDB::GlobalTable",
  properties: [
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
    "SSESpecification",
    "TimeToLiveSpecification",
    "WarmThroughput",
    "WriteProvisionedThroughputSettings",
    "WriteOnDemandThroughputSettings",
    "ReadProvisionedThroughputSettings",
    "ReadOnDemandThroughputSettings",
    "MultiRegionConsistency",
    "GlobalTableWitnesses",
    "Replicas",
  ],
  create: (properties, context) => create(properties, untagged(context)),
  update: (state, properties, previous, context) =>
    update({ name: state.id, properties, previous }, String(state.attributes["Arn"]), untagged(context)),
  delete: (state, _properties, context) => remove(state.id, context),
  async read(id, context) {
    const found = await table.read?.(id, context);
    if (found === undefined) return undefined;
    const regions = [context.region, ...regionsOf(await describe(id, context))];
    return { ...found, Replicas: regions.map((Region) => ({ Region })) };
  },
};
