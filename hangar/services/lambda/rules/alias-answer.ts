// What an alias looks like in an answer, and which routing is refused.

import type { AliasConfiguration, AliasRoutingConfiguration } from "../../../models/lambda.d.ts";
import { functionNotFound, invalidParameter } from "../errors.ts";
import type { AliasRow, LambdaContext } from "../store.ts";
import { functionArn } from "./function-name.ts";

export function aliasAnswer(alias: AliasRow, context: LambdaContext): AliasConfiguration {
  return {
    AliasArn: functionArn(context, alias.functionName, alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(Object.keys(alias.weights).length === 0 ? {} : { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
    RevisionId: alias.revisionId,
  };
}

/** Checks the version and the weights; answers the weights. */
export function checkRouting(
  context: LambdaContext,
  name: string,
  version: string,
  routing: AliasRoutingConfiguration | undefined,
): Readonly<Record<string, number>> {
  if (!context.store.versions.has(`${name}:${version}`)) throw functionNotFound(functionArn(context, name, version));
  const weights = routing?.AdditionalVersionWeights ?? {};
  const others = Object.keys(weights);
  if (others.length > 1) throw invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
  for (const other of others) {
    if (version === "$LATEST")
      throw invalidParameter("$LATEST is not supported for an alias pointing to more than 1 version");
    if (other === version)
      throw invalidParameter(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    if (!context.store.versions.has(`${name}:${other}`)) throw functionNotFound(functionArn(context, name, other));
  }
  return weights;
}
