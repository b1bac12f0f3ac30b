// The function that an integration or authorizer names: an ARN, or API Gateway's path to Lambda.

import { withStageVariables } from "./invocation.ts";

const PATH = /^arn:[^:]+:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

export function functionArn(uri: string | undefined, variables?: Readonly<Record<string, string>>): string | undefined {
  const filled = withStageVariables(uri ?? "", variables);
  return PATH.exec(filled)?.[1] ?? (filled.includes(":lambda:") ? filled : undefined);
}
