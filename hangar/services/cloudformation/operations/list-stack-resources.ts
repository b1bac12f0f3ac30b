// Lists the resources of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html

import type { ListStackResourcesInput, ListStackResourcesOutput } from "../../../models/cloudformation.d.ts";
import { pageOf } from "../rules/paging.ts";
import { resourceView } from "../rules/stack-view.ts";
import { rowsOf, stackNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const listStackResources = operation<ListStackResourcesInput, ListStackResourcesOutput>((input, context) => {
  const stack = stackNamed(input.StackName, context);
  const page = pageOf(rowsOf(stack.id, context), input.NextToken, 100);
  return {
    StackResourceSummaries: page.items.map((resource) => ({
      ...resourceView(resource),
      LastUpdatedTimestamp: new Date(resource.updated),
    })),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  } as ListStackResourcesOutput;
});
