// Tells how a comparison went. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackDriftDetectionStatus.html

import type {
  DescribeStackDriftDetectionStatusInput,
  DescribeStackDriftDetectionStatusOutput,
} from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { operation } from "../store.ts";

export const describeStackDriftDetectionStatus = operation<
  DescribeStackDriftDetectionStatusInput,
  DescribeStackDriftDetectionStatusOutput
>((input, { store }) => {
  const found = store.drifts.get(input.StackDriftDetectionId);
  if (found === undefined) throw invalid(`StackDriftDetectionId ${input.StackDriftDetectionId} does not exist`);
  const { at, ...rest } = found;
  return { ...rest, Timestamp: new Date(Number(at)) } as unknown as DescribeStackDriftDetectionStatusOutput;
});
