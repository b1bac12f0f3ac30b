// ARNs as SNS reads them: the number of parts is checked first.

import { invalidParameter } from "../errors.ts";

export type ArnParts = {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

const PARTS = 6;

export function splitArn(text: string, parameter: string): ArnParts {
  const parts = text.split(":");
  if (parts.length < PARTS)
    throw invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${parts.length}`);
  const [, , service = "", region = "", account = "", ...rest] = parts;
  return { service, region, account, resource: rest.join(":") };
}
