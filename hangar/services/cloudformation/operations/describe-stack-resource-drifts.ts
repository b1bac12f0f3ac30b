// Tells which resources differ from what they should be. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResourceDrifts.html

import type {
  DescribeStackResourceDriftsInput,
  DescribeStackResourceDriftsOutput,
} from "../../../models/cloudformation.d.ts";
import { bracketedStackMissing } from "../errors.ts";
import { pageOf } from "../rules/paging.ts";
import { driftView } from "../workers/detect-drift.ts";
import { rowsOf, stackNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const describeStackResourceDrifts = operation<
  DescribeStackResourceDriftsInput,
  DescribeStackResourceDriftsOutput
>((input, context) => {
  const stack = stackNamed(input.StackName, context, bracketedStackMissing);
  const filters = input.StackResourceDriftStatusFilters ?? [];
  const rows = rowsOf(stack.id, context).filter(
    (resource) => resource.drift !== undefined && (filters.length === 0 || filters.includes(resource.drift.status)),
  );
  const page = pageOf(rows, input.NextToken, 100);
  return {
    StackResourceDrifts: page.items.map(driftView),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  } as unknown as DescribeStackResourceDriftsOutput;
});
