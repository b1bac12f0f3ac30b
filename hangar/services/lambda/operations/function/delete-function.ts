// Deletes a function with all that belongs to it, or one version. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html

import type { DeleteFunctionRequest, DeleteFunctionResponse } from "../../../../models/lambda.d.ts";
import { engineOf } from "../../engine/engines.ts";
import { endProvisioning } from "../../engine/provision.ts";
import { conflict, functionNotFound, invalidParameter } from "../../errors.ts";
import { aliasesOf } from "../../rules/find.ts";
import { functionArn, isAliasName, resolveReference } from "../../rules/function-name.ts";
import { operation, type LambdaContext } from "../../store.ts";

export const deleteFunction = operation<DeleteFunctionRequest, DeleteFunctionResponse>((input, context) => {
  const { name, qualifier } = resolveReference(input.FunctionName, input.Qualifier, context);
  if (qualifier === "$LATEST")
    throw invalidParameter("$LATEST version cannot be deleted without deleting the function.");
  if (qualifier !== undefined && !qualifier.startsWith("$") && isAliasName(qualifier))
    throw invalidParameter("Deletion of aliases is not currently supported.");
  if (!context.store.functions.has(name)) throw functionNotFound(functionArn(context, name));
  if (qualifier === undefined) deleteAll(context, name);
  else deleteVersion(context, name, qualifier);
  return { StatusCode: 204 };
});

function deleteVersion(context: LambdaContext, name: string, qualifier: string): void {
  const aliases = aliasesOf(context.store, name).filter(
    (alias) => alias.version === qualifier || alias.weights[qualifier] !== undefined,
  );
  if (aliases.length > 0)
    throw conflict(
      `Version ${functionArn(context, name, qualifier)} is referenced by the following aliases: ${aliases.map((alias) => alias.name).join(", ")}`,
    );
  context.store.versions.delete(`${name}:${qualifier}`);
  context.store.policies.delete(functionArn(context, name, qualifier));
  context.store.invokeConfigs.delete(`${name}:${qualifier}`);
  if (context.store.provisioned.delete(`${name}:${qualifier}`) !== undefined) endProvisioning(context, name);
}

function deleteAll(context: LambdaContext, name: string): void {
  const { store } = context;
  store.functions.delete(name);
  for (const rows of [store.versions, store.aliases, store.invokeConfigs, store.provisioned] as const) {
    for (const key of Array.from(rows.keys({ prefix: `${name}:` }))) rows.delete(key);
  }
  const arn = functionArn(context, name);
  for (const key of Array.from(store.policies.keys({ prefix: arn })))
    if (key === arn || key.startsWith(`${arn}:`)) store.policies.delete(key);
  for (const key of Array.from(store.urls.keys({ prefix: name }))) {
    if (key !== name && !key.startsWith(`${name}:`)) continue;
    const url = store.urls.delete(key);
    if (url !== undefined) store.urlKeys.delete(url.id);
  }
  engineOf(context.blobs).retire(arn, context.world);
}
