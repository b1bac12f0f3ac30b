// Compares one resource with what it should be. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackResourceDrift.html

import type {
  DetectStackResourceDriftInput,
  DetectStackResourceDriftOutput,
} from "../../../models/cloudformation.d.ts";
import { bracketedStackMissing, invalid } from "../errors.ts";
import { detectDrift, driftView } from "../workers/detect-drift.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { operation, within } from "../store.ts";

export const detectStackResourceDrift = operation<DetectStackResourceDriftInput, DetectStackResourceDriftOutput>(
  async (input, context) => {
    const stack = stackNamed(input.StackName, context, bracketedStackMissing);
    const resource = context.store.resources.get(within(stack.id, input.LogicalResourceId));
    if (resource === undefined)
      throw invalid(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`);
    return {
      StackResourceDrift: driftView(await detectDrift(stack, resource, context)),
    } as DetectStackResourceDriftOutput;
  },
);
