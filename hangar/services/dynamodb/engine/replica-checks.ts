// What stands against adding or removing replicas, in AWS's words.

import { validation } from "../errors.ts";
import type { CreateReplica, ReplicaChanges } from "../rules/replica-updates.ts";
import type { DynamoContext, TableRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";

/** A replica and the others of its global table. */
export type Member = { readonly member: FoundTable; readonly others: readonly TableRow[] };

const DAY = 24 * 3_600_000;

export function checkAdded(
  context: DynamoContext,
  { table, store }: FoundTable,
  { RegionName: region, ...action }: CreateReplica,
  strong: boolean,
): void {
  if (context.storeAt(table.account, region).tables.has(table.name))
    throw validation(
      `Failed to create a the new replica of table with name: ‘${table.name}’ because one or more replicas already existed as tables.`,
    );
  if (table.billing === "PROVISIONED" && table.global === undefined)
    throw validation("Table write capacity should either be Pay-Per-Request or AutoScaled.");
  if (action.OnDemandThroughputOverride !== undefined && table.billing === "PROVISIONED")
    throw validation(
      "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED",
    );
  if (strong) checkCanBeStrong({ table, store });
}

/** What multi-Region strong consistency does not have. The words are ours: AWS's are not known. */
function checkCanBeStrong({ table, store }: Pick<FoundTable, "table" | "store">): void {
  const starts = "Global tables with MultiRegionConsistency set to STRONG";
  if (table.indexes.some((index) => !index.global))
    throw validation(`${starts} do not support local secondary indexes.`);
  if (table.ttl?.enabled === true) throw validation(`${starts} do not support Time to Live.`);
  if (store.items.first({ prefix: table.storage }) !== undefined)
    throw validation(`${starts} can only be created from empty tables.`);
}

/** Of strongly consistent tables all replicas come and go together. */
export function checkStrong({ global }: TableRow, changes: ReplicaChanges): void {
  if (global !== undefined && changes.consistency !== undefined && (global.strong || changes.consistency === "STRONG"))
    throw validation("MultiRegionConsistency parameter is unsupported on existing global table");
  const witness = changes.witness?.delete;
  if (witness !== undefined && global?.witnesses?.includes(witness) !== true)
    throw validation(
      `Update global table operation failed because one or more witnesses were not part of the global table. Please retry the request without these witnesses: [${witness}].`,
    );
  if (global?.strong === undefined) return;
  if (changes.create.length > 0)
    throw validation("Cannot add replicas to a global table with strong MultiRegionConsistency");
  if (changes.delete.length === 0) return;
  if ((global.witnesses ?? []).length > 0 && witness === undefined)
    throw validation("Update table delete operation does not include all witnesses.");
  if (changes.delete.length < global.others.length) throw onlyOne();
}

export function checkRemoved(context: DynamoContext, { member: { table }, others }: Member): void {
  if (table.deletionProtection)
    throw validation(
      `Cannot delete table ${table.name} in region ${table.region} because it has deletion protection enabled. Disable deletion protection first.`,
    );
  const now = context.clock.now();
  const sourced = others.some(
    ({ global, region }) => global?.source === table.region && region !== table.region && now - global.joined < DAY,
  );
  if (sourced && table.global?.strong === undefined)
    throw validation(
      "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.",
    );
}

/** DeleteTable of a replica: as its removal, in its own region. */
export function checkDeleted(context: DynamoContext, member: Member): void {
  if (member.member.table.global?.strong === true) throw onlyOne();
  checkRemoved(context, member);
}

function onlyOne(): Error {
  return validation(
    "Deletion of only one table replica is not supported for global tables with MultiRegionConsistency set to STRONG.",
  );
}
