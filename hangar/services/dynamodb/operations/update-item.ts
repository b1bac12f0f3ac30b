// Changes an item, or makes it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html

import type { UpdateItemInput, UpdateItemOutput } from "../../../models/dynamodb.d.ts";
import { checkGivenTable, findTable } from "../engine/find-table.ts";
import { collectionMetrics } from "../engine/item-collections.ts";
import {
  checkCondition,
  checkWritten,
  readUpdateOf,
  updatedRow,
  updateTarget,
  type ReadKeyed,
} from "../engine/item-writes.ts";
import { admitWrite, isEnforced } from "../engine/throughput.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { writeItem } from "../engine/write-item.ts";
import { meets } from "../rules/bound-condition.ts";
import { inEnvelope } from "../errors.ts";
import { showUnits, writeUnits } from "../rules/capacity.ts";
import { project } from "../rules/project.ts";
import { operation, type Item, type ItemRow } from "../store.ts";

export const updateItem = operation<UpdateItemInput, UpdateItemOutput>((input, context) => {
  const read = readRequest(input);
  const found = findTable(context, input.TableName);
  const { key, before } = updateTarget(found, read);
  const enforced = isEnforced(context);
  if (enforced && read.condition !== undefined && !meets(before?.item ?? {}, read.condition))
    admitWrite(context, found, { before, after: before });
  checkCondition(read.condition, before, input.ReturnValuesOnConditionCheckFailure);
  const after = updatedRow(found.schema, read, before);
  checkWritten(read, after.size);
  if (enforced) admitWrite(context, found, { before, after });
  writeItem(context, found, { key, before, after });
  return {
    Attributes: returned(input.ReturnValues, read, before, after),
    ConsumedCapacity: showUnits(
      found.table.name,
      found.schema,
      writeUnits(found.schema, { before, after }, projectedRow),
      { detail: input.ReturnConsumedCapacity },
    ),
    ItemCollectionMetrics: collectionMetrics(found, read.key, input.ReturnItemCollectionMetrics),
  };
});

function readRequest(input: UpdateItemInput): ReadKeyed {
  checkGivenTable(input.TableName);
  try {
    return readUpdateOf(input);
  } catch (error) {
    throw inEnvelope(error);
  }
}

function returned(
  values: string | undefined,
  read: ReadKeyed,
  before: ItemRow | undefined,
  after: ItemRow,
): Item | undefined {
  if (values === "ALL_NEW") return after.item;
  if (values === "ALL_OLD") return before?.item;
  if (values !== "UPDATED_NEW" && values !== "UPDATED_OLD") return undefined;
  const item = values === "UPDATED_NEW" ? after.item : before?.item;
  if (item === undefined || read.update === undefined) return undefined;
  const changed = project(
    item,
    read.update.actions.map((action) => action.path),
  );
  return Object.keys(changed).length === 0 ? undefined : changed;
}
