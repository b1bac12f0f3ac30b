// Lists table names in order. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html

import type { ListTablesInput, ListTablesOutput } from "../../../models/dynamodb.d.ts";
import { operation } from "../store.ts";

const DEFAULT_LIMIT = 100;

export const listTables = operation<ListTablesInput, ListTablesOutput>((input, { store }) => {
  const limit = input.Limit ?? DEFAULT_LIMIT;
  const names: string[] = [];
  for (const name of store.tables.keys(
    input.ExclusiveStartTableName === undefined ? {} : { after: input.ExclusiveStartTableName },
  )) {
    if (names.length === limit) return { TableNames: names, LastEvaluatedTableName: names.at(-1) };
    names.push(name);
  }
  return { TableNames: names };
});
