// Describes the auto scaling settings of a global table's replicas. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTableReplicaAutoScaling.html

import type {
  DescribeTableReplicaAutoScalingInput,
  DescribeTableReplicaAutoScalingOutput,
} from "../../../models/dynamodb.d.ts";
import { describeReplicaScaling } from "../engine/replica-scaling.ts";
import { operation } from "../store.ts";

export const describeTableReplicaAutoScaling = operation<
  DescribeTableReplicaAutoScalingInput,
  DescribeTableReplicaAutoScalingOutput
>((input, context) => ({ TableAutoScalingDescription: describeReplicaScaling(context, input.TableName) }));
