// The condition and update of a write request, in expressions or in the legacy parameters.

import { bindCondition } from "./bind-condition.ts";
import { bindUpdate, type BoundUpdate } from "./bind-update.ts";
import { Bindings, type BoundPath } from "./bindings.ts";
import type { BoundCondition } from "./bound-condition.ts";
import { checkParameters, legacyProjection } from "./expression-parameters.ts";
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

/** PutItem's and DeleteItem's condition, and ConditionCheck's. */
export function readCondition(input: ConditionInput): BoundCondition | undefined {
  const { ConditionExpression: text, Expected: expected } = input;
  if (
    text === undefined &&
    expected === undefined &&
    input.ExpressionAttributeNames === undefined &&
    input.ExpressionAttributeValues === undefined
  )
    return undefined;
  checkParameters(input, ["ConditionExpression"], ["Expected", "ConditionalOperator"]);
  if (text === undefined)
    return expected === undefined ? undefined : expectedCondition(expected, input.ConditionalOperator);
  const bindings = new Bindings(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const { condition } = bindCondition(conditionTree(text, "ConditionExpression"), "ConditionExpression", bindings);
  bindings.checkAllUsed();
  return condition;
}

export type UpdateInput = ConditionInput & {
  readonly UpdateExpression?: string | undefined;
  readonly AttributeUpdates?: LegacyUpdates | undefined;
};

export function readUpdate(input: UpdateInput): {
  readonly update: BoundUpdate | undefined;
  readonly condition: BoundCondition | undefined;
} {
  checkParameters(
    input,
    ["UpdateExpression", "ConditionExpression"],
    ["AttributeUpdates", "Expected", "ConditionalOperator"],
  );
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
  const update =
    updateText === undefined
      ? undefined
      : bindUpdate(updateTree(updateText, "UpdateExpression"), "UpdateExpression", bindings);
  const condition =
    conditionText === undefined
      ? undefined
      : bindCondition(conditionTree(conditionText, "ConditionExpression"), "ConditionExpression", bindings).condition;
  bindings.checkAllUsed();
  return { update, condition };
}

export type ProjectionInput = {
  readonly ProjectionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
};

/** What GetItem and its batches give of an item; undefined for all of it. */
export function readProjection(input: ProjectionInput): readonly BoundPath[] | undefined {
  const { ProjectionExpression: text, AttributesToGet: names } = input;
  if (text === undefined && names === undefined && input.ExpressionAttributeNames === undefined) return undefined;
  checkParameters(input, ["ProjectionExpression"], ["AttributesToGet"]);
  if (names !== undefined) return legacyProjection(names);
  if (text === undefined) return undefined;
  const bindings = new Bindings(input.ExpressionAttributeNames, undefined);
  const paths = bindProjection(projectionTree(text, "ProjectionExpression"), "ProjectionExpression", bindings);
  bindings.checkAllUsed();
  return paths;
}
