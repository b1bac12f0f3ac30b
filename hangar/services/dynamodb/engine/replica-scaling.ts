// The replicas whose auto scaling is asked for, and what is kept of it.

import type { TableAutoScalingDescription, UpdateTableReplicaAutoScalingInput } from "../../../models/dynamodb.d.ts";
import { globalTableMissing, resourceNamedNotFound } from "../errors.ts";
import { checkScalable, describeScaling, newScaling, readScaling, scalingKey } from "../rules/replica-scaling.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import { checkTableName, placeOf } from "./find-table.ts";
import { replicasOf } from "./replicas.ts";

/** All replicas, in the order of their regions' names. */
function replicasNamed(context: DynamoContext, given: string): readonly TableRow[] {
  const { name, account, region } = placeOf(context, given);
  checkTableName(name);
  const table = context.storeAt(account, region).tables.get(name);
  if (table?.global === undefined) throw globalTableMissing(name);
  const all = [table, ...replicasOf(context, table).map((replica) => replica.table)];
  return all.toSorted((one, other) => (one.region < other.region ? -1 : 1));
}

export function describeReplicaScaling(context: DynamoContext, given: string): TableAutoScalingDescription {
  const replicas = replicasNamed(context, given);
  return { TableName: replicas[0]?.name, TableStatus: "ACTIVE", Replicas: replicas.map(describeScaling) };
}

export function updateReplicaScaling(context: DynamoContext, input: UpdateTableReplicaAutoScalingInput): void {
  const replicas = replicasNamed(context, input.TableName);
  const [first] = replicas;
  if (first === undefined) return;
  const changes = readScaling(input, first.name);
  const regions = replicas.map((table) => table.region);
  const stranger = changes.find(({ region }) => region !== undefined && !regions.includes(region));
  if (stranger !== undefined) throw resourceNamedNotFound(`Replica: ${stranger.region}`);
  const unknown = changes.find(({ index }) => index !== undefined && !first.indexes.some(({ name }) => name === index));
  if (unknown !== undefined) throw resourceNamedNotFound(`Index: ${unknown.index}`);
  checkScalable(first, regions, changes);
  const made = changes.map((change) => ({ ...change, scaling: newScaling(change, first, context.ids.uuid()) }));
  for (const table of replicas) {
    const scaling = { ...table.scaling };
    for (const { region, scaling: settings, ...change } of made) {
      if (region !== undefined && region !== table.region) continue;
      if (settings === undefined) delete scaling[scalingKey(change)];
      else scaling[scalingKey(change)] = settings;
    }
    context.storeAt(table.account, table.region).tables.put(table.name, { ...table, scaling });
  }
}
