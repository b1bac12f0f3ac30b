// Lists stacks, also deleted ones. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html

import type { ListStacksInput, ListStacksOutput } from "../../../models/cloudformation.d.ts";
import { pageOf } from "../rules/paging.ts";
import { summaryView } from "../rules/stack-view.ts";
import { operation } from "../store.ts";

export const listStacks = operation<ListStacksInput, ListStacksOutput>((input, { store }) => {
  const wanted = input.StackStatusFilter ?? [];
  const all = [...store.stacks.rows()]
    .filter((stack) => wanted.length === 0 || wanted.includes(stack.status))
    .toSorted((left, right) => right.created - left.created);
  const page = pageOf(all, input.NextToken, 100);
  return {
    StackSummaries: page.items.map(summaryView),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  } as ListStacksOutput;
});
