// Turns point-in-time recovery on or off. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html

import type { UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput } from "../../../models/dynamodb.d.ts";
import { checkTableName, placeOf } from "../engine/find-table.ts";
import { tableNotFoundException, validation } from "../errors.ts";
import { DEFAULT_DAYS, describeRecovery } from "../rules/recovery.ts";
import { operation, type TableRow } from "../store.ts";

export const updateContinuousBackups = operation<UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput>(
  (input, context) => {
    const { name, account, region } = placeOf(context, input.TableName);
    checkTableName(name);
    const store = context.storeAt(account, region);
    const table = store.tables.get(name);
    if (table === undefined) throw tableNotFoundException(name);
    const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } = input.PointInTimeRecoverySpecification;
    if (!enabled && days !== undefined)
      throw validation("RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true");
    const since = enabled && table.recovery?.enabled === true ? table.recovery.since : context.clock.now();
    const row: TableRow = {
      ...table,
      recovery: { enabled, days: days ?? table.recovery?.days ?? DEFAULT_DAYS, since },
    };
    store.tables.put(name, row);
    return { ContinuousBackupsDescription: describeRecovery(row, context.clock.now()) };
  },
);
