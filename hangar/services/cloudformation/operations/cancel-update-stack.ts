// Stops an update and goes back. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html

import type { CancelUpdateStackInput, CancelUpdateStackOutput } from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const cancelUpdateStack = operation<CancelUpdateStackInput, CancelUpdateStackOutput>((input, context) => {
  const stack = stackNamed(input.StackName, context);
  if (stack.status !== "UPDATE_IN_PROGRESS")
    throw invalid("CancelUpdateStack cannot be called from current stack status");
  const deployment = context.store.deployments.get(stack.deploymentId ?? "");
  if (deployment !== undefined) {
    context.store.deployments.put(deployment.id, { ...deployment, cancelled: true });
    context.scheduler.later("cloudformation.execute", { deployment: deployment.id });
  }
  return {};
});
