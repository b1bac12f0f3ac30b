// Makes a table as another was at a second of the past. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html

import { parseArn } from "../../../kernel/arn.ts";
import type { RestoreTableToPointInTimeInput, RestoreTableToPointInTimeOutput } from "../../../models/dynamodb.d.ts";
import { checkTableName, type TablePlace } from "../engine/find-table.ts";
import { historyFrom, itemsAt } from "../engine/history.ts";
import { restoreTable } from "../engine/restore-table.ts";
import {
  invalidParameter,
  invalidRestoreTime,
  recoveryUnavailable,
  tableNotFoundException,
  validation,
} from "../errors.ts";
import { restorable, secondOf, type Restorable } from "../rules/recovery.ts";
import { describe } from "../rules/table-description.ts";
import { operation, type DynamoContext } from "../store.ts";

export const restoreTableToPointInTime = operation<RestoreTableToPointInTimeInput, RestoreTableToPointInTimeOutput>(
  async (input, context) => {
    checkTableName(input.TargetTableName, "targetTableName");
    const { name, region } = sourceOf(context, input);
    checkWhen(input);
    const store = context.storeAt(context.account, region);
    const source = store.tables.get(name);
    if (source === undefined) throw tableNotFoundException(name);
    const place = { table: source, store };
    const now = context.clock.now();
    const times = restorable(source, now, historyFrom(place, now));
    if (times === undefined) throw recoveryUnavailable(name);
    const second = secondFor(input, times);
    const items = itemsAt(place, second);
    const table = await restoreTable(context, input, { table: source, items, at: second * 1000 });
    return { TableDescription: describe(table, { status: "CREATING", indexStatus: "CREATING" }) };
  },
);

function sourceOf(context: DynamoContext, input: RestoreTableToPointInTimeInput): TablePlace {
  const { SourceTableArn: given, SourceTableName: name } = input;
  if (given !== undefined && name !== undefined)
    throw validation("Must provide exactly one of: sourceTableArn, sourceTableName");
  if (name !== undefined) return { name, account: context.account, region: context.region };
  if (given === undefined) throw validation("The parameter 'TableName' is required");
  const arn = parseArn(given);
  const table = /^table\/([^/]+)$/.exec(arn?.resource ?? "")?.[1];
  if (arn?.service !== "dynamodb" || table === undefined) throw invalidParameter("sourceTableArn is not a valid ARN");
  if (arn.account !== context.account)
    throw validation("This action is only supported by accounts that match the resource owner's account");
  return { name: table, account: arn.account, region: arn.region };
}

function checkWhen({ UseLatestRestorableTime: latest, RestoreDateTime: time }: RestoreTableToPointInTimeInput): void {
  if (latest === true && time !== undefined)
    throw validation(
      "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for point-in-time restore request. Please specify either RestoreDateTime time or UseLatestRestorableTime",
    );
  if (latest !== true && time === undefined)
    throw validation(
      "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both",
    );
}

function secondFor({ RestoreDateTime: time }: RestoreTableToPointInTimeInput, times: Restorable): number {
  if (time === undefined) return times.latest;
  const second = secondOf(time.getTime());
  if (second < times.earliest || second > times.latest) throw invalidRestoreTime(second, times);
  return second;
}
