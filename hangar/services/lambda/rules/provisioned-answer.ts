// Provisioned concurrency in an answer.

import type { GetProvisionedConcurrencyConfigResponse } from "../../../models/lambda.d.ts";
import { aliasNotFound, functionNotFound, invalidParameter } from "../errors.ts";
import type { LambdaContext, ProvisionedRow } from "../store.ts";
import { versionAt } from "./find.ts";
import { functionArn, isAliasName, resolveReference } from "./function-name.ts";
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

/** The function's name, if the qualifier is something that can be provisioned. */
export function provisionable(
  context: LambdaContext,
  input: { readonly FunctionName: string; readonly Qualifier: string },
): string {
  const { FunctionName, Qualifier } = input;
  const { name } = resolveReference(FunctionName, Qualifier, context);
  if (Qualifier === "$LATEST")
    throw invalidParameter("The function resource provided must be an alias or a published version.");
  if (versionAt(context.store, name, Qualifier) !== undefined) return name;
  const arn = functionArn(context, name, Qualifier);
  throw isAliasName(Qualifier) ? aliasNotFound(arn) : functionNotFound(arn);
}
