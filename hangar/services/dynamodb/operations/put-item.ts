// Puts a whole item. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html

import type { PutItemInput, PutItemOutput } from "../../../models/dynamodb.d.ts";
import { admitWrite, isEnforced } from "../engine/throughput.ts";
import { checkGivenTable, findTable } from "../engine/find-table.ts";
import { collectionMetrics } from "../engine/item-collections.ts";
import { checkCondition, checkItemSize, putChange, readPut, type ReadPut } from "../engine/item-writes.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { writeItem } from "../engine/write-item.ts";
import { inEnvelope } from "../errors.ts";
import { showUnits, writeUnits } from "../rules/capacity.ts";
import { operation } from "../store.ts";

export const putItem = operation<PutItemInput, PutItemOutput>((input, context) => {
  const read = readRequest(input);
  checkItemSize(read.row);
  const found = findTable(context, input.TableName);
  const change = putChange(found, read);
  if (isEnforced(context)) admitWrite(context, found, change, read.condition);
  checkCondition(read.condition, change.before, input.ReturnValuesOnConditionCheckFailure);
  writeItem(context, found, change);
  const output: { -readonly [Name in keyof PutItemOutput]: PutItemOutput[Name] } = {};
  if (input.ReturnValues === "ALL_OLD" && change.before !== undefined) output.Attributes = change.before.item;
  if (input.ReturnConsumedCapacity !== undefined) {
    output.ConsumedCapacity = showUnits(
      found.table.name,
      found.schema,
      writeUnits(found.schema, change, projectedRow),
      { detail: input.ReturnConsumedCapacity },
    );
  }
  if (input.ReturnItemCollectionMetrics !== undefined)
    output.ItemCollectionMetrics = collectionMetrics(found, read.row.item, input.ReturnItemCollectionMetrics);
  return output;
});

function readRequest(input: PutItemInput): ReadPut {
  checkGivenTable(input.TableName);
  try {
    return readPut(input);
  } catch (error) {
    throw inEnvelope(error);
  }
}
