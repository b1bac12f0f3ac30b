// Deletes an item by its key. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html

import type { DeleteItemInput, DeleteItemOutput } from "../../../models/dynamodb.d.ts";
import { admitWrite, isEnforced } from "../engine/throughput.ts";
import { checkGivenTable, findTable } from "../engine/find-table.ts";
import { collectionMetrics } from "../engine/item-collections.ts";
import { checkCondition, deleteChange, readKeyed, type ReadKeyed } from "../engine/item-writes.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { writeItem } from "../engine/write-item.ts";
import { inEnvelope } from "../errors.ts";
import { showUnits, writeUnits } from "../rules/capacity.ts";
import { operation } from "../store.ts";

export const deleteItem = operation<DeleteItemInput, DeleteItemOutput>((input, context) => {
  const read = readRequest(input);
  const found = findTable(context, input.TableName);
  const change = deleteChange(found, read);
  if (isEnforced(context)) admitWrite(context, found, change, read.condition);
  checkCondition(read.condition, change.before, input.ReturnValuesOnConditionCheckFailure);
  writeItem(context, found, change);
  return {
    Attributes: input.ReturnValues === "ALL_OLD" ? change.before?.item : undefined,
    ConsumedCapacity: showUnits(found.table.name, found.schema, writeUnits(found.schema, change, projectedRow), {
      detail: input.ReturnConsumedCapacity,
    }),
    ItemCollectionMetrics: collectionMetrics(found, read.key, input.ReturnItemCollectionMetrics),
  };
});

function readRequest(input: DeleteItemInput): ReadKeyed {
  checkGivenTable(input.TableName);
  try {
    return readKeyed(input);
  } catch (error) {
    throw inEnvelope(error);
  }
}
