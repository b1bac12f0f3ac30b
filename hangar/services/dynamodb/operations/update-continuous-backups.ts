// Turns point-in-time recovery on or off. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html

import type { UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput } from "../../../models/dynamodb.d.ts";
import { checkTableName, placeOf } from "../engine/find-table.ts";
import { beginHistory, dropHistory, historyFrom } from "../engine/history.ts";
import { tableNotFoundException, validation } from "../errors.ts";
import { DEFAULT_DAYS, describeRecovery, restorable } from "../rules/recovery.ts";
import { operation, type TableRow } from "../store.ts";

/** Turned off, a table forgets its history and its period. */
export const updateContinuousBackups = operation<UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput>(
  (input, context) => {
    const { name, account, region } = placeOf(context, input.TableName);
    checkTableName(name);
    const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } = input.PointInTimeRecoverySpecification;
    if (!enabled && days !== undefined)
      throw validation("Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.");
    const store = context.storeAt(account, region);
    const table = store.tables.get(name);
    if (table === undefined) throw tableNotFoundException(name);
    const now = context.clock.now();
    const kept = enabled && table.recovery?.enabled === true ? table.recovery : undefined;
    const recovery = { enabled, days: days ?? kept?.days ?? DEFAULT_DAYS, since: kept?.since ?? now };
    const row: TableRow = { ...table, recovery };
    store.tables.put(name, row);
    if (!enabled) dropHistory({ table, store });
    else if (kept === undefined) beginHistory({ table, store }, now);
    const times = restorable(row, now, historyFrom({ table, store }, now));
    return { ContinuousBackupsDescription: describeRecovery(row, times) };
  },
);
