// ARNs of streams: their form is judged before anything is looked up.

import { validation } from "../errors.ts";

const STREAM = /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/[^/]+$/;

export function checkStreamArn(arn: string): void {
  if (!STREAM.test(arn)) throw validation("Invalid StreamArn");
}
