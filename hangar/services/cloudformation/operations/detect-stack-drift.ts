// Compares the resources of a stack with what they should be. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html

import type { DetectStackDriftInput, DetectStackDriftOutput } from "../../../models/cloudformation.d.ts";
import { bracketedStackMissing } from "../errors.ts";
import { detectDrift } from "../workers/detect-drift.ts";
import { rowsOf, stackNamed } from "../workers/find-stack.ts";
import { setStack } from "../workers/record.ts";
import { operation } from "../store.ts";

export const detectStackDrift = operation<DetectStackDriftInput, DetectStackDriftOutput>(async (input, context) => {
  const stack = stackNamed(input.StackName, context, bracketedStackMissing);
  const wanted = input.LogicalResourceIds ?? [];
  const rows = rowsOf(stack.id, context).filter(
    (resource) => resource.state !== undefined && (wanted.length === 0 || wanted.includes(resource.logicalId)),
  );
  const checked = await Promise.all(rows.map((resource) => detectDrift(stack, resource, context)));
  const drifted = checked.filter(
    (resource) => resource.drift?.status === "MODIFIED" || resource.drift?.status === "DELETED",
  ).length;
  const status = drifted > 0 ? "DRIFTED" : "IN_SYNC";
  setStack(stack.id, { drift: { status, checked: context.clock.now() } }, context);
  const id = context.ids.uuid();
  context.store.drifts.put(id, {
    StackId: stack.id,
    StackDriftDetectionId: id,
    StackDriftStatus: status,
    DetectionStatus: "DETECTION_COMPLETE",
    DriftedStackResourceCount: drifted,
    at: context.clock.now(),
  });
  return { StackDriftDetectionId: id };
});
