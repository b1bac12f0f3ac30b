// Reads an item by its key. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html

import type { GetItemInput, GetItemOutput } from "../../../models/dynamodb.d.ts";
import { admitRead, isEnforced } from "../engine/throughput.ts";
import { checkGivenTable, findTable } from "../engine/find-table.ts";
import { checkedItem } from "../rules/attribute-value.ts";
import { readUnits, showUnits } from "../rules/capacity.ts";
import { checkProjectionParameters, readProjection } from "../rules/item-conditions.ts";
import { checkKey, itemKey } from "../rules/item-key.ts";
import { checkScalarKeys } from "../rules/scalar-keys.ts";
import { project } from "../rules/project.ts";
import { operation } from "../store.ts";

export const getItem = operation<GetItemInput, GetItemOutput>((input, context) => {
  checkGivenTable(input.TableName);
  checkProjectionParameters(input);
  const key = checkedItem(input.Key, { bytes: 0 });
  const projection = readProjection(input);
  const found = findTable(context, input.TableName);
  const { table, schema, store } = found;
  checkKey(schema, key);
  checkScalarKeys(schema, projection);
  const row = store.items.get(itemKey(schema, key));
  if (isEnforced(context))
    admitRead(context, found, { table: readUnits(row?.size ?? 0, input.ConsistentRead), indexes: new Map() });
  const output: { -readonly [Name in keyof GetItemOutput]: GetItemOutput[Name] } = {};
  if (row !== undefined) output.Item = projection === undefined ? row.item : project(row.item, projection);
  if (input.ReturnConsumedCapacity !== undefined) {
    const units = { table: readUnits(row?.size ?? 0, input.ConsistentRead), indexes: new Map<string, number>() };
    output.ConsumedCapacity = showUnits(table.name, schema, units, { detail: input.ReturnConsumedCapacity });
  }
  return output;
});
