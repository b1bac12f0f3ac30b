// Names a version. https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html

import type { AliasConfiguration, CreateAliasRequest } from "../../../../models/lambda.d.ts";
import { conflict } from "../../errors.ts";
import { aliasAnswer, checkRouting } from "../../rules/alias-answer.ts";
import { findUnqualified } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { operation, type AliasRow } from "../../store.ts";
import { resolveReference } from "../../rules/function-name.ts";
import { functionNotFound } from "../../errors.ts";

export const createAlias = operation<CreateAliasRequest, AliasConfiguration>((input, context) => {
  const reference = resolveReference(input.FunctionName, undefined, context);
  if (!context.store.functions.has(reference.name))
    throw functionNotFound(functionArn(context, reference.name, input.FunctionVersion));
  const { row } = findUnqualified(context, input.FunctionName);
  const weights = checkRouting(context, row.name, input.FunctionVersion, input.RoutingConfig);
  if (context.store.aliases.has(`${row.name}:${input.Name}`))
    throw conflict(`Alias already exists: ${functionArn(context, row.name, input.Name)}`);
  const alias: AliasRow = {
    name: input.Name,
    functionName: row.name,
    version: input.FunctionVersion,
    description: input.Description ?? "",
    weights,
    revisionId: context.ids.uuid(),
  };
  context.store.aliases.put(`${row.name}:${input.Name}`, alias);
  return aliasAnswer(alias, context);
});
