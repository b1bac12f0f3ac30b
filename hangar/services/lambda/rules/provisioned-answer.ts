// Provisioned concurrency in an answer.

import type { GetProvisionedConcurrencyConfigResponse } from "../../../models/lambda.d.ts";
import type { ProvisionedRow } from "../store.ts";
import { awsTimestamp } from "./configuration.ts";

export function provisionedAnswer(row: ProvisionedRow): GetProvisionedConcurrencyConfigResponse {
  return {
    RequestedProvisionedConcurrentExecutions: row.requested,
    AvailableProvisionedConcurrentExecutions: row.ready,
    AllocatedProvisionedConcurrentExecutions: row.ready,
    Status: row.status,
    ...(row.status === "FAILED" ? { StatusReason: "FUNCTION_ERROR_INIT_FAILURE" } : {}),
    LastModified: awsTimestamp(row.modifiedAt),
  };
}
