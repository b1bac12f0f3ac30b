// Adds replicas to a global table, changes and removes them. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html

import type { UpdateTableInput, UpdateTableOutput } from "../../../models/dynamodb.d.ts";
import { validation } from "../errors.ts";
import { describe } from "../rules/table-description.ts";
import { checkReplicable } from "../rules/in-use.ts";
import { readReplicaChanges, tooMany, type CreateReplica, type ReplicaChanges } from "../rules/replica-updates.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext, Replica, TableRow } from "../store.ts";
import { applyAll } from "./apply-writes.ts";
import { keepDeleted } from "./backups.ts";
import { findNamedTable, type FoundTable } from "./find-table.ts";
import { leaveGlobalTable } from "./leave-global-table.ts";
import { newReplica } from "./new-replica.ts";
import { keyForReplica } from "./replica-key.ts";
import { changeReplica, checkChange } from "./replica-settings.ts";
import { checkAdded, checkRemoved, checkStrong, type Member } from "./replica-checks.ts";
import { replicasOf } from "./replicas.ts";
import { openStream } from "./stream-writer.ts";
import { fillIndex } from "./table-rows.ts";

type Added = CreateReplica & { readonly sse: TableRow["sse"] };

export async function updateReplicas(input: UpdateTableInput, context: DynamoContext): Promise<UpdateTableOutput> {
  const changes = readReplicaChanges(input, context.region);
  const { table } = check(context, input.TableName, changes);
  const added = await Promise.all(
    changes.create.map(async (action) => ({
      ...action,
      sse: await keyForReplica(context, table, action),
    })),
  );
  // Keys take their time: the table may have changed.
  const found = check(context, input.TableName, changes);
  const shown = replicasOf(context, found.table).map((replica) => replica.table);
  for (const action of changes.update) changeReplica(context, found, action);
  for (const region of changes.delete) removeReplica(context, found, region);
  if (added.length > 0) addReplicas(context, found, added, changes);
  const row = found.store.tables.get(found.table.name) ?? found.table;
  // The answer knows what is asked for, and shows the replicas as they were.
  const answered = row.global === undefined ? { ...row, global: found.table.global } : row;
  return { TableDescription: describe(answered, { status: "UPDATING", replicas: shown }) };
}

function check(context: DynamoContext, given: string, changes: ReplicaChanges): FoundTable {
  const found = findNamedTable(context, given);
  const { table } = found;
  checkReplicable(table, context.clock.now());
  const known = new Set([...(table.global?.others ?? []), table.region]);
  const strangers = [...changes.update.map((action) => action.RegionName), ...changes.delete].filter(
    (region) => !known.has(region),
  );
  if (strangers.length > 0)
    throw validation(
      `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${strangers.join(", ")}].`,
    );
  checkStrong(table, changes);
  if (changes.delete.length > 1 && table.global?.strong === undefined) throw tooMany();
  for (const action of changes.update) checkChange(context, found, action);
  for (const region of changes.delete) checkRemoved(context, memberAt(context, found, region));
  for (const action of changes.create) checkAdded(context, found, action, changes.consistency === "STRONG");
  return found;
}

function memberAt(context: DynamoContext, found: FoundTable, region: string): Member {
  const all = [found, ...replicasOf(context, found.table)];
  const member = all.find(({ table }) => table.region === region) ?? found;
  return { member, others: all.filter((each) => each !== member).map(({ table }) => table) };
}

function removeReplica(context: DynamoContext, found: FoundTable, region: string): void {
  const { member } = memberAt(context, found, region);
  keepDeleted(context, member.store, member.table);
  leaveGlobalTable(context, member);
}

/** The table that is copied has a stream from now on, and all know of the new ones. */
function addReplicas(
  context: DynamoContext,
  found: FoundTable,
  added: readonly Added[],
  changes: ReplicaChanges,
): void {
  applyAll(context, found);
  const strong = changes.consistency === "STRONG" ? true : found.table.global?.strong;
  const streamed =
    strong === true || found.table.stream?.enabled === true
      ? found.table
      : openStream(context, found.store, found.table, "NEW_AND_OLD_IMAGES");
  const before = [{ ...found, table: streamed }, ...replicasOf(context, found.table)];
  const regions = added.map((action) => action.RegionName);
  const now = context.clock.now();
  const witnesses = changes.witness?.create === undefined ? undefined : [changes.witness.create];
  for (const { table, store } of before) {
    const global: Replica = {
      joined: now,
      strong,
      witnesses,
      ...table.global,
      others: [...(table.global?.others ?? []), ...regions],
    };
    store.tables.put(table.name, { ...table, global });
  }
  for (const action of added) {
    const earlier = [...before.map(({ table }) => table.region), ...regions].filter(
      (region) => region !== action.RegionName,
    );
    const global: Replica = { others: earlier, source: found.table.region, joined: now, strong, witnesses };
    copyTable(context, found, { ...newReplica(context, streamed, action), global });
  }
}

function copyTable(context: DynamoContext, from: FoundTable, row: TableRow): void {
  const store = context.storeAt(row.account, row.region);
  const viewType = from.store.tables.get(row.name)?.stream;
  const table = viewType?.enabled === true ? openStream(context, store, row, viewType.viewType) : row;
  store.tables.put(table.name, table);
  for (const [key, item] of from.store.items.range({ prefix: table.storage })) store.items.put(key, item);
  for (const index of schemaOf(table).indexes) fillIndex(store, table, index.name);
}
