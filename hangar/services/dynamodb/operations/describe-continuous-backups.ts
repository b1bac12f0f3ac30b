// Says whether a table can go back in time. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html

import type { DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput } from "../../../models/dynamodb.d.ts";
import { checkTableName, placeOf } from "../engine/find-table.ts";
import { tableNotFoundException } from "../errors.ts";
import { describeRecovery } from "../rules/recovery.ts";
import { operation } from "../store.ts";

export const describeContinuousBackups = operation<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput>(
  (input, context) => {
    const { name, account, region } = placeOf(context, input.TableName);
    checkTableName(name);
    const table = context.storeAt(account, region).tables.get(name);
    if (table === undefined) throw tableNotFoundException(name);
    return { ContinuousBackupsDescription: describeRecovery(table, context.clock.now()) };
  },
);
