// Tells of the resources of a stack, or of the stack that has a physical resource. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html

import type { DescribeStackResourcesInput, DescribeStackResourcesOutput } from "../../../models/cloudformation.d.ts";
import { bracketedStackMissing, invalid } from "../errors.ts";
import { resourceView } from "../rules/stack-view.ts";
import { rowsOf, stackNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const describeStackResources = operation<DescribeStackResourcesInput, DescribeStackResourcesOutput>(
  (input, context) => {
    const { StackName, PhysicalResourceId, LogicalResourceId } = input;
    if (StackName !== undefined && PhysicalResourceId !== undefined)
      throw invalid("You must specify either StackName or PhysicalResourceId, but not both.");
    const owner =
      PhysicalResourceId === undefined
        ? undefined
        : [...context.store.resources.rows()].find(
            (resource) => resource.state?.id === PhysicalResourceId && resource.status !== "DELETE_COMPLETE",
          );
    if (PhysicalResourceId !== undefined && owner === undefined)
      throw invalid(`Stack for ${PhysicalResourceId} does not exist`);
    const stack = stackNamed(owner?.stackId ?? StackName, context, bracketedStackMissing);
    const rows = rowsOf(stack.id, context).filter(
      (resource) => LogicalResourceId === undefined || resource.logicalId === LogicalResourceId,
    );
    if (LogicalResourceId !== undefined && rows.length === 0)
      throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${StackName ?? stack.name}`);
    return {
      StackResources: rows.map((resource) => ({
        ...resourceView(resource),
        StackId: stack.id,
        StackName: stack.name,
        Timestamp: new Date(resource.updated),
      })),
    } as DescribeStackResourcesOutput;
  },
);
