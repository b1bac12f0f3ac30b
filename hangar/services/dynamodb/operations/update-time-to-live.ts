// Turns expiry of items on or off. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html

import type { UpdateTimeToLiveInput, UpdateTimeToLiveOutput } from "../../../models/dynamodb.d.ts";
import { clearExpiries, trackExpiry } from "../engine/expiries.ts";
import { checkTableKey, findNamedTable } from "../engine/find-table.ts";
import { shareSettings } from "../engine/replica-settings.ts";
import { replicasOf } from "../engine/replicas.ts";
import { isTimed } from "../engine/table-states.ts";
import { tableNotFound, validation } from "../errors.ts";
import { statusOf } from "../rules/table-state.ts";
import { operation, type TableRow } from "../store.ts";

/** Up to an hour, AWS says, and no change before it is over. */
const TAKES = 3_600_000;

export const updateTimeToLive = operation<UpdateTimeToLiveInput, UpdateTimeToLiveOutput>((input, context) => {
  const { table, store } = findNamedTable(context, input.TableName);
  if (statusOf(table, context.clock.now()) === "CREATING") throw tableNotFound(table.name);
  checkTableKey(context, table);
  const { Enabled: enabled, AttributeName: attribute } = input.TimeToLiveSpecification;
  const now = context.clock.now();
  checkChange(table.ttl, input.TimeToLiveSpecification, now);
  if (table.global?.strong === true && enabled)
    throw validation("Global tables with MultiRegionConsistency set to STRONG do not support Time to Live.");
  const until = isTimed(context, table) ? now + TAKES : undefined;
  const row: TableRow = { ...table, ttl: { attribute, enabled, changed: now, until } };
  store.tables.put(row.name, row);
  const place = { table: row, store };
  shareSettings(context, table, row);
  if (!enabled) for (const each of [place, ...replicasOf(context, row)]) clearExpiries(context, each);
  else
    for (const [key, after] of store.items.range({ prefix: row.storage }))
      trackExpiry(context, place, { key, before: undefined, after });
  return { TimeToLiveSpecification: { Enabled: enabled, AttributeName: attribute } };
});

function checkChange(
  present: TableRow["ttl"],
  { Enabled: enabled, AttributeName: attribute }: UpdateTimeToLiveInput["TimeToLiveSpecification"],
  now: number,
): void {
  if (present?.until !== undefined && now < present.until)
    throw validation("Time to live has been modified multiple times within a fixed interval");
  if (present?.enabled !== true) {
    if (!enabled) throw validation("TimeToLive is already disabled");
    return;
  }
  if (present.attribute !== attribute)
    throw validation(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${present.attribute}`,
    );
  if (enabled) throw validation("TimeToLive is already enabled");
}
