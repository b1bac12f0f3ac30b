// Says whether a table can go back in time. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html

import type { DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput } from "../../../models/dynamodb.d.ts";
import { checkTableName, placeOf } from "../engine/find-table.ts";
import { historyFrom } from "../engine/history.ts";
import { tableNotFoundException } from "../errors.ts";
import { describeRecovery, restorable } from "../rules/recovery.ts";
import { operation } from "../store.ts";

export const describeContinuousBackups = operation<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput>(
  (input, context) => {
    const { name, account, region } = placeOf(context, input.TableName);
    checkTableName(name);
    const store = context.storeAt(account, region);
    const table = store.tables.get(name);
    if (table === undefined) throw tableNotFoundException(name);
    const now = context.clock.now();
    const times = restorable(table, now, historyFrom({ table, store }, now));
    return { ContinuousBackupsDescription: describeRecovery(table, times) };
  },
);
