// Provisioned concurrency of a version or alias: kept and counted; environments start when they are needed all the same. https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html

import type {
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse,
} from "../../../../models/lambda.d.ts";
import { aliasNotFound, functionNotFound, invalidParameter } from "../../errors.ts";
import { awsTimestamp } from "../../rules/configuration.ts";
import { versionAt } from "../../rules/find.ts";
import { functionArn, isAliasName, resolveReference } from "../../rules/function-name.ts";
import { operation } from "../../store.ts";

export const putProvisionedConcurrencyConfig = operation<
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse
>((input, context) => {
  const { name } = resolveReference(input.FunctionName, input.Qualifier, context);
  const { Qualifier: qualifier, ProvisionedConcurrentExecutions: requested } = input;
  if (qualifier === "$LATEST")
    throw invalidParameter("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
  if (versionAt(context.store, name, qualifier) === undefined) {
    const arn = functionArn(context, name, qualifier);
    throw isAliasName(qualifier) ? aliasNotFound(arn) : functionNotFound(arn);
  }
  const reserved = context.store.functions.get(name)?.reservedConcurrency;
  if (reserved !== undefined && requested > reserved)
    throw invalidParameter(
      "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
    );
  const modifiedAt = context.clock.now();
  context.store.provisioned.put(`${name}:${qualifier}`, { functionName: name, qualifier, requested, modifiedAt });
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
    Status: "IN_PROGRESS",
    LastModified: awsTimestamp(modifiedAt),
  };
});
