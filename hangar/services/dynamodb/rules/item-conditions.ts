// The condition and update of a write request, in expressions or in the legacy parameters.

import { bindCondition } from "./bind-condition.ts";
import { bindUpdate, type BoundUpdate } from "./bind-update.ts";
import { Bindings, type BoundPath } from "./bindings.ts";
import type { BoundCondition } from "./bound-condition.ts";
import { checkConditionalOperator, checkParameters, legacyProjection } from "./expression-parameters.ts";
import { conditionTree, projectionTree, updateTree } from "./expressions.ts";
import type { Item } from "./attribute-value.ts";
import { expectedCondition, legacyUpdate, type ExpectedConditions, type LegacyUpdates } from "./legacy-conditions.ts";
import { bindProjection } from "./project.ts";

export type ConditionInput = {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
  readonly Expected?: ExpectedConditions | undefined;
  readonly ConditionalOperator?: string | undefined;
};

/** A condition, and the paths into attributes that it and what goes with it name. */
export type ReadCondition = {
  readonly condition: BoundCondition | undefined;
  readonly nested?: readonly BoundPath[] | undefined;
};

const NONE: ReadCondition = { condition: undefined };

/** PutItem's and DeleteItem's condition, and ConditionCheck's, once `checkConditionParameters` found nothing. */
export function readCondition(input: ConditionInput): ReadCondition {
  const { ConditionExpression: text, Expected: expected } = input;
  if (text === undefined)
    return expected === undefined ? NONE : { condition: expectedCondition(expected, input.ConditionalOperator) };
  const bindings = new Bindings(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const condition = boundCondition(text, bindings);
  bindings.checkAllUsed();
  return { condition, nested: bindings.nested };
}

export function checkConditionParameters(input: ConditionInput): void {
  const { ConditionExpression: text, Expected: expected, ConditionalOperator: operator } = input;
  if (
    text === undefined &&
    expected === undefined &&
    operator === undefined &&
    input.ExpressionAttributeNames === undefined &&
    input.ExpressionAttributeValues === undefined
  )
    return;
  checkParameters(input, ["ConditionExpression"], ["Expected", "ConditionalOperator"]);
  checkConditionalOperator(operator, expected);
}

function boundCondition(text: string, bindings: Bindings): BoundCondition {
  return bindCondition(conditionTree(text, "ConditionExpression"), "ConditionExpression", bindings).condition;
}

export type UpdateInput = ConditionInput & {
  readonly UpdateExpression?: string | undefined;
  readonly AttributeUpdates?: LegacyUpdates | undefined;
};

export type ReadUpdate = ReadCondition & { readonly update: BoundUpdate | undefined };

export function checkUpdateParameters(input: UpdateInput): void {
  checkParameters(
    input,
    ["UpdateExpression", "ConditionExpression"],
    ["AttributeUpdates", "Expected", "ConditionalOperator"],
  );
  checkConditionalOperator(input.ConditionalOperator, input.Expected);
}

/** UpdateItem looks at the condition first, a transaction at the update. */
export function readUpdate(input: UpdateInput, first: "condition" | "update"): ReadUpdate {
  const { UpdateExpression: updateText, ConditionExpression: conditionText } = input;
  if (updateText === undefined && conditionText === undefined) {
    const update = input.AttributeUpdates === undefined ? undefined : legacyUpdate(input.AttributeUpdates);
    return {
      update,
      condition:
        input.Expected === undefined ? undefined : expectedCondition(input.Expected, input.ConditionalOperator),
    };
  }
  const bindings = new Bindings(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const readConditionNow = (): BoundCondition | undefined =>
    conditionText === undefined ? undefined : boundCondition(conditionText, bindings);
  const early = first === "condition" ? readConditionNow() : undefined;
  const update =
    updateText === undefined
      ? undefined
      : bindUpdate(updateTree(updateText, "UpdateExpression"), "UpdateExpression", bindings);
  const condition = first === "condition" ? early : readConditionNow();
  bindings.checkAllUsed();
  return { update, condition, nested: bindings.nested };
}

export type ProjectionInput = {
  readonly ProjectionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
};

export function checkProjectionParameters(input: ProjectionInput): void {
  if (input.ProjectionExpression === undefined && input.ExpressionAttributeNames === undefined) return;
  checkParameters(input, ["ProjectionExpression"], ["AttributesToGet"]);
}

/** What GetItem and its batches give of an item; undefined for all of it. */
export function readProjection(input: ProjectionInput): readonly BoundPath[] | undefined {
  const { ProjectionExpression: text, AttributesToGet: names } = input;
  if (names !== undefined) return legacyProjection(names);
  if (text === undefined) return undefined;
  const bindings = new Bindings(input.ExpressionAttributeNames, undefined);
  const paths = bindProjection(projectionTree(text, "ProjectionExpression"), "ProjectionExpression", bindings);
  bindings.checkAllUsed();
  return paths;
}
