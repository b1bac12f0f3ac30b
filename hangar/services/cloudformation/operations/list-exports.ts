// Lists what the stacks of this account and region export. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html

import { readdressed } from "../../../cloud/reachable-url.ts";
import type { ListExportsInput, ListExportsOutput } from "../../../models/cloudformation.d.ts";
import { pageOf } from "../rules/paging.ts";
import { operation } from "../store.ts";

export const listExports = operation<ListExportsInput, ListExportsOutput>((input, { store, request, endpoint }) => {
  const reached = (text: string): string => readdressed(text, [endpoint], request.origin);
  const page = pageOf([...store.exports.rows()], input.NextToken, 100);
  return {
    Exports: page.items.map((row) => ({ ExportingStackId: row.stackId, Name: row.name, Value: reached(row.value) })),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  };
});
