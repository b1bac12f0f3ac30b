// Lists the stacks that use an export. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html

import type { ListImportsInput, ListImportsOutput } from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { pageOf } from "../rules/paging.ts";
import { importersOf } from "../workers/outputs.ts";
import { operation } from "../store.ts";

export const listImports = operation<ListImportsInput, ListImportsOutput>((input, context) => {
  const users = importersOf(input.ExportName, context).map((stack) => stack.name);
  if (users.length === 0) throw invalid(`Export '${input.ExportName}' is not imported by any stack.`);
  const page = pageOf(users, input.NextToken, 100);
  return { Imports: page.items, ...(page.next === undefined ? {} : { NextToken: page.next }) };
});
