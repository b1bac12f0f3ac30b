// Deletes an item by its key. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html

import type { DeleteItemInput, DeleteItemOutput } from "../../../models/dynamodb.d.ts";
import { findTable } from "../engine/find-table.ts";
import { checkCondition, collectionMetrics, deleteChange, readKeyed } from "../engine/item-writes.ts";
import { admitWrite, isEnforced } from "../engine/throughput.ts";
import { projectedRow, writeItem } from "../engine/write-item.ts";
import { validation } from "../errors.ts";
import { showUnits, writeUnits } from "../rules/capacity.ts";
import { operation } from "../store.ts";

export const deleteItem = operation<DeleteItemInput, DeleteItemOutput>((input, context) => {
  const { ReturnValues: values } = input;
  if (values !== undefined && values !== "ALL_OLD" && values !== "NONE")
    throw validation("ReturnValues can only be ALL_OLD or NONE");
  const read = readKeyed(input);
  const found = findTable(context, input.TableName);
  const change = deleteChange(found, read);
  if (isEnforced(context)) admitWrite(context, found, change, read.condition);
  checkCondition(read.condition, change.before, input.ReturnValuesOnConditionCheckFailure);
  writeItem(context, found, change);
  return {
    Attributes: values === "ALL_OLD" ? change.before?.item : undefined,
    ConsumedCapacity: showUnits(found.table.name, found.schema, writeUnits(found.schema, change, projectedRow), {
      detail: input.ReturnConsumedCapacity,
    }),
    ItemCollectionMetrics: collectionMetrics(found.schema, read.key, input.ReturnItemCollectionMetrics),
  };
});
