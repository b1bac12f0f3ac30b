// What a resource policy must be: JSON with statements about its own resource.

import { invalidArgument } from "../errors.ts";

const MOST_BYTES = 20 * 1024;

type Statement = { readonly Resource?: unknown; readonly Principal?: unknown; readonly Action?: unknown };

export function checkPolicy(document: string, arn: string): void {
  if (Buffer.byteLength(document) > MOST_BYTES)
    throw invalidArgument(`Resource policy is larger than the maximum of ${MOST_BYTES} bytes.`);
  const statements = statementsOf(document);
  if (statements === undefined) throw invalidArgument("Resource policy is not a valid JSON policy document.");
  for (const { Resource, Principal, Action } of statements) {
    if (Principal === undefined || Action === undefined)
      throw invalidArgument("Each statement of a resource policy must have a Principal and an Action.");
    if (![Resource].flat().every((each) => each === arn))
      throw invalidArgument(`The Resource of a statement must be the resource that the policy is attached to: ${arn}.`);
  }
}

function statementsOf(document: string): readonly Statement[] | undefined {
  try {
    const parsed = JSON.parse(document) as { readonly Statement?: unknown } | null;
    const statements = [parsed?.Statement].flat();
    const valid = statements.every((each) => typeof each === "object" && each !== null);
    return valid && statements.length > 0 ? (statements as Statement[]) : undefined;
  } catch {
    return undefined;
  }
}
