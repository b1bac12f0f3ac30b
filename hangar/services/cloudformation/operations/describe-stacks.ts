// Tells of one stack, or of all that are not deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html

import type { Context } from "../../../cloud/operation.ts";
import { reachable, readdressed } from "../../../cloud/reachable-url.ts";
import type { DescribeStacksInput, DescribeStacksOutput } from "../../../models/cloudformation.d.ts";
import { settledStack } from "../workers/hold.ts";
import { findStack, stackNamed } from "../workers/find-stack.ts";
import { pageOf } from "../rules/paging.ts";
import { stackView } from "../rules/stack-view.ts";
import { operation, type Stack, type Tables } from "../store.ts";

export const describeStacks = operation<DescribeStacksInput, DescribeStacksOutput>(async (input, context) => {
  if (input.StackName !== undefined && input.StackName !== "") {
    const stack = await settledStack(stackNamed(input.StackName, context), context);
    // A stack that was named, not identified, may have gone while the caller waited.
    const there = input.StackName.startsWith("arn:") || findStack(input.StackName, context) !== undefined;
    return {
      Stacks: [viewOf(there ? stack : stackNamed(input.StackName, context), context)],
    } as DescribeStacksOutput;
  }
  const all = [...context.store.stacks.rows()]
    .filter((stack) => stack.status !== "DELETE_COMPLETE")
    .toSorted((left, right) => right.created - left.created);
  const page = pageOf(all, input.NextToken, 100);
  return {
    Stacks: page.items.map((stack) => viewOf(stack, context)),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
  } as DescribeStacksOutput;
});

function viewOf(stack: Stack, context: Context<Tables>): ReturnType<typeof stackView> {
  const { origin } = context.request;
  const homes = [context.store.deployments.get(stack.deploymentId ?? "")?.origin ?? origin, context.endpoint];
  return stackView(stack, (text) => readdressed(reachable(text, origin), homes, origin));
}
