// Lists the change sets of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html

import type { ListChangeSetsInput, ListChangeSetsOutput } from "../../../models/cloudformation.d.ts";
import { bracketedStackMissing } from "../errors.ts";
import { pageOf } from "../rules/paging.ts";
import { changeSetSummary } from "../rules/stack-view.ts";
import { changeSetsOf, isLive, stackNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const listChangeSets = operation<ListChangeSetsInput, ListChangeSetsOutput>((input, context) => {
  const stack = stackNamed(input.StackName, context, bracketedStackMissing);
  const page = pageOf(
    changeSetsOf(stack.id, context)
      .filter(isLive)
      .toSorted((left, right) => left.created - right.created),
    input.NextToken,
    100,
  );
  return { Summaries: page.items.map(changeSetSummary), ...(page.next === undefined ? {} : { NextToken: page.next }) };
});
