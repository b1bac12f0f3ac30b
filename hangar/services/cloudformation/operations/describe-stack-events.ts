// Lists what happened to a stack, newest first. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html

import type { DescribeStackEventsInput, DescribeStackEventsOutput } from "../../../models/cloudformation.d.ts";
import { bracketedStackMissing } from "../errors.ts";
import { pageOf } from "../rules/paging.ts";
import { eventView } from "../rules/stack-view.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { operation, within } from "../store.ts";

export const describeStackEvents = operation<DescribeStackEventsInput, DescribeStackEventsOutput>((input, context) => {
  const stack = stackNamed(input.StackName, context, bracketedStackMissing);
  const page = pageOf(
    [...context.store.events.rows({ prefix: within(stack.id), reverse: true })],
    input.NextToken,
    100,
  );
  return {
    StackEvents: page.items.map(eventView),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  } as DescribeStackEventsOutput;
});
