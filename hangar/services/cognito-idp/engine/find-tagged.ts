// The pool that a tag operation names by its ARN.

import { parseArn } from "../../../kernel/arn.ts";
import { invalidParameter } from "../errors.ts";
import type { CognitoContext, Place } from "../store.ts";
import { findPool } from "./find.ts";

export function taggedPool(context: CognitoContext, arn: string): Place {
  const { service, resource = "" } = parseArn(arn) ?? {};
  const id = /^userpool\/(.+)$/.exec(resource)?.[1];
  if (service !== "cognito-idp" || id === undefined) throw invalidParameter(`Invalid resource ARN: ${arn}`);
  return findPool(context, id);
}
