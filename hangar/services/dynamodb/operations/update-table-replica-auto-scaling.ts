// Changes the auto scaling settings of a global table's replicas. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTableReplicaAutoScaling.html

import type {
  UpdateTableReplicaAutoScalingInput,
  UpdateTableReplicaAutoScalingOutput,
} from "../../../models/dynamodb.d.ts";
import { describeReplicaScaling, updateReplicaScaling } from "../engine/replica-scaling.ts";
import { operation } from "../store.ts";

export const updateTableReplicaAutoScaling = operation<
  UpdateTableReplicaAutoScalingInput,
  UpdateTableReplicaAutoScalingOutput
>((input, context) => {
  // As recorded: the answer has the settings as they were.
  const before = describeReplicaScaling(context, input.TableName);
  updateReplicaScaling(context, input);
  return { TableAutoScalingDescription: { ...before, TableStatus: "UPDATING" } };
});
