// Tells of one resource of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html

import type { DescribeStackResourceInput, DescribeStackResourceOutput } from "../../../models/cloudformation.d.ts";
import { invalid, quotedStackMissing } from "../errors.ts";
import { resourceView } from "../rules/stack-view.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { operation, within } from "../store.ts";

export const describeStackResource = operation<DescribeStackResourceInput, DescribeStackResourceOutput>(
  (input, context) => {
    const stack = stackNamed(input.StackName, context, quotedStackMissing);
    const resource = context.store.resources.get(within(stack.id, input.LogicalResourceId));
    if (resource === undefined)
      throw invalid(`Resource ${input.LogicalResourceId} does not exist for stack ${input.StackName}`);
    return {
      StackResourceDetail: {
        ...resourceView(resource),
        StackId: stack.id,
        StackName: stack.name,
        LastUpdatedTimestamp: new Date(resource.updated),
        Metadata: JSON.stringify(resource.metadata ?? {}),
      },
    } as DescribeStackResourceOutput;
  },
);
