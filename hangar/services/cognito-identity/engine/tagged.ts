// The pool that an ARN names.

import { parseArn } from "../../../kernel/arn.ts";
import { invalidParameter } from "../errors.ts";
import type { IdentityContext, PoolRow } from "../store.ts";
import { findPool } from "./find.ts";

const PREFIX = "identitypool/";

export function poolOfArn(context: IdentityContext, text: string): PoolRow {
  const arn = parseArn(text);
  if (arn?.service !== "cognito-identity" || !arn.resource.startsWith(PREFIX))
    throw invalidParameter(`Invalid ARN: ${text}`);
  return findPool(context, arn.resource.slice(PREFIX.length)).pool;
}
