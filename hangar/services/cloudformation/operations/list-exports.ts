// Lists what the stacks of this account and region export. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html

import type { ListExportsInput, ListExportsOutput } from "../../../models/cloudformation.d.ts";
import { pageOf } from "../rules/paging.ts";
import { operation } from "../store.ts";

export const listExports = operation<ListExportsInput, ListExportsOutput>((input, { store }) => {
  const page = pageOf([...store.exports.rows()], input.NextToken, 100);
  return {
    Exports: page.items.map((row) => ({ ExportingStackId: row.stackId, Name: row.name, Value: row.value })),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  };
});
