// Lists the events of a stack, an operation or a change set, newest first. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html

import type { DescribeEventsInput, DescribeEventsOutput } from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { pageOf } from "../rules/paging.ts";
import { eventView } from "../rules/stack-view.ts";
import { changeSetNamed, stackNamed } from "../workers/find-stack.ts";
import { operation, within } from "../store.ts";

export const describeEvents = operation<DescribeEventsInput, DescribeEventsOutput>((input, context) => {
  if (input.StackName === undefined && input.ChangeSetName === undefined && input.OperationId === undefined)
    throw invalid("StackName, ChangeSetName or OperationId must be specified.");
  const deployment = input.OperationId === undefined ? undefined : context.store.deployments.get(input.OperationId);
  const stackId =
    input.ChangeSetName !== undefined
      ? changeSetNamed(input, context).stackId
      : (deployment?.stackId ?? stackNamed(input.StackName, context).id);
  const failedOnly = input.Filters?.FailedEvents === true;
  const all = [...context.store.events.rows({ prefix: within(stackId), reverse: true })].filter(
    (event) =>
      (input.OperationId === undefined || event.operationId === input.OperationId) &&
      (!failedOnly || event.status.endsWith("_FAILED")),
  );
  const page = pageOf(all, input.NextToken, 100);
  return {
    OperationEvents: page.items.map((event) => ({ ...eventView(event), EventType: "STACK_EVENT" })),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  } as DescribeEventsOutput;
});
