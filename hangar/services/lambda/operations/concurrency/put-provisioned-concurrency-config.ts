// Has environments of a version or alias started and kept. https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html

import type {
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse,
} from "../../../../models/lambda.d.ts";
import { beginProvisioning, endProvisioning } from "../../engine/provision.ts";
import { aliasNotFound, concurrencyRefused, conflict, functionNotFound, invalidParameter } from "../../errors.ts";
import { aliasesOf, versionAt } from "../../rules/find.ts";
import { functionArn, isAliasName, resolveReference } from "../../rules/function-name.ts";
import { provisionedAnswer } from "../../rules/provisioned-answer.ts";
import { operation, type LambdaContext } from "../../store.ts";

const ACCOUNT_LIMIT = 1000;
const MINIMUM_UNRESERVED = 100;

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
  checkOverlap(context, name, qualifier);
  const reserved = context.store.functions.get(name)?.reservedConcurrency;
  if (reserved !== undefined && othersProvisioned(context, name, qualifier) + requested > reserved)
    throw invalidParameter(
      "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
    );
  if (reserved === undefined) checkAccount(context, `${name}:${qualifier}`, requested);
  const row = beginProvisioning(context, { functionName: name, qualifier, requested });
  endProvisioning(context, name);
  return provisionedAnswer(row);
});

/** What the function's other versions and aliases have of it. */
function othersProvisioned({ store }: LambdaContext, name: string, qualifier: string): number {
  let sum = 0;
  for (const row of store.provisioned.rows({ prefix: `${name}:` }))
    if (row.qualifier !== qualifier) sum += row.requested;
  return sum;
}

/** A version is provisioned by itself or through an alias. */
function checkOverlap({ store }: LambdaContext, name: string, qualifier: string): void {
  const provisioned = (other: string): boolean => store.provisioned.has(`${name}:${other}`);
  if (isAliasName(qualifier)) {
    const version = store.aliases.get(`${name}:${qualifier}`)?.version ?? "";
    if (provisioned(version))
      throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
  } else if (aliasesOf(store, name).some((alias) => alias.version === qualifier && provisioned(alias.name)))
    throw conflict("Version is pointed by a Provisioned Concurrency alias");
}

function checkAccount({ store }: LambdaContext, key: string, requested: number): void {
  let unreserved = ACCOUNT_LIMIT;
  for (const row of store.functions.rows()) unreserved -= row.reservedConcurrency ?? 0;
  for (const row of store.provisioned.rows()) {
    const own = store.functions.get(row.functionName)?.reservedConcurrency !== undefined;
    if (!own && `${row.functionName}:${row.qualifier}` !== key) unreserved -= row.requested;
  }
  if (requested > unreserved)
    throw concurrencyRefused(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
    );
  if (unreserved - requested < MINIMUM_UNRESERVED)
    throw concurrencyRefused(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MINIMUM_UNRESERVED}].`,
    );
}
