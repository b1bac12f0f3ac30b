// Tells what a change set would change. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html

import type { DescribeChangeSetInput, DescribeChangeSetOutput } from "../../../models/cloudformation.d.ts";
import { withoutValues } from "../rules/changes.ts";
import { pageOf } from "../rules/paging.ts";
import { changeSetSummary, parameterView } from "../rules/stack-view.ts";
import { changeSetNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const describeChangeSet = operation<DescribeChangeSetInput, DescribeChangeSetOutput>((input, context) => {
  const changeSet = changeSetNamed(input, context);
  const { target } = changeSet;
  const page = pageOf(changeSet.changes, input.NextToken, 100);
  return {
    ...changeSetSummary(changeSet),
    ...(target.parameters.length === 0 ? {} : { Parameters: target.parameters.map(parameterView) }),
    NotificationARNs: target.notificationArns,
    RollbackConfiguration: target.rollbackConfiguration,
    Capabilities: target.capabilities,
    ...(target.tags.length === 0 ? {} : { Tags: target.tags }),
    Changes: page.items.map((change) => ({
      Type: "Resource",
      ResourceChange: input.IncludePropertyValues === true ? change : withoutValues(change),
    })),
    ...(page.next === undefined ? {} : { NextToken: page.next }),
    ...(changeSet.onStackFailure === undefined ? {} : { OnStackFailure: changeSet.onStackFailure }),
    ...(changeSet.deploymentMode === undefined ? {} : { DeploymentMode: changeSet.deploymentMode }),
    ...(changeSet.driftStatus === undefined ? {} : { StackDriftStatus: changeSet.driftStatus }),
    ...(target.deploymentMode === undefined
      ? {}
      : { DeploymentConfig: { Mode: target.deploymentMode, DisableRollback: target.disableRollback } }),
  } as DescribeChangeSetOutput;
});
