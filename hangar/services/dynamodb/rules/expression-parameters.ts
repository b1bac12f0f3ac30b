// Which of a request's expression and legacy parameters may stand together.

import { validation, worded } from "../errors.ts";

type Request = Readonly<Record<string, unknown>>;

/** `expressions` and `legacy` in the order AWS lists them. */
export function checkParameters(request: Request, expressions: readonly string[], legacy: readonly string[]): void {
  const present = expressions.filter((name) => request[name] !== undefined);
  if (present.length > 0) {
    const both = legacy.filter((name) => request[name] !== undefined);
    if (both.length > 0) {
      throw validation(
        `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${both.join(", ")}} Expression parameters: {${present.join(", ")}}`,
      );
    }
  } else if (request["ExpressionAttributeNames"] !== undefined) {
    throw validation("ExpressionAttributeNames can only be specified when using expressions");
  }
  const withValues = expressions.filter((name) => name !== "ProjectionExpression");
  if (request["ExpressionAttributeValues"] === undefined || withValues.some((name) => request[name] !== undefined))
    return;
  const message = "ExpressionAttributeValues can only be specified when using expressions";
  throw worded(message, `${message}: ${withValues.join(" and ")} ${withValues.length > 1 ? "are" : "is"} null`);
}

/** ConditionalOperator joins conditions: there must be some. */
export function checkConditionalOperator(operator: string | undefined, conditions: object | undefined): void {
  if (operator === undefined) return;
  const count = Object.keys(conditions ?? {}).length;
  if (count === 0) throw validation("ConditionalOperator cannot be used without Filter or Expected");
  if (count === 1)
    throw validation("ConditionalOperator can only be used when Filter or Expected has two or more elements");
  if (operator !== "AND" && operator !== "OR")
    throw validation("Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]");
}

/** AttributesToGet as document paths: each name once. */
export function legacyProjection(names: readonly string[]): readonly (readonly string[])[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw validation(`One or more parameter values were invalid: Duplicate value in attribute name: ${name}`);
    seen.add(name);
  }
  return names.map((name) => [name]);
}
