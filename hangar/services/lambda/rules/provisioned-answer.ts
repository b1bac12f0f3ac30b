// Provisioned concurrency in an answer: ready at once.

import type { GetProvisionedConcurrencyConfigResponse } from "../../../models/lambda.d.ts";
import type { ProvisionedRow } from "../store.ts";
import { awsTimestamp } from "./configuration.ts";

export function provisionedAnswer(row: ProvisionedRow): GetProvisionedConcurrencyConfigResponse {
  return {
    RequestedProvisionedConcurrentExecutions: row.requested,
    AvailableProvisionedConcurrentExecutions: row.requested,
    AllocatedProvisionedConcurrentExecutions: row.requested,
    Status: "READY",
    LastModified: awsTimestamp(row.modifiedAt),
  };
}
