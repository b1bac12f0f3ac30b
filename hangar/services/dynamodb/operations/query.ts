// Reads items of one partition in order. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html

import type { QueryInput, QueryOutput } from "../../../models/dynamodb.d.ts";
import type { Range } from "../../../kernel/table.ts";
import { checkGivenTable, findReadableIndex, findTable } from "../engine/find-table.ts";
import { checkAllAttributes, checkProjected, checkSelect, readPage, readStart, startKey } from "../engine/read-page.ts";
import { inEnvelope, validation } from "../errors.ts";
import { bindCondition, type Bound } from "../rules/bind-condition.ts";
import { Bindings, type BoundPath } from "../rules/bindings.ts";
import type { BoundCondition } from "../rules/bound-condition.ts";
import { checkConditionalOperator, checkParameters, legacyProjection } from "../rules/expression-parameters.ts";
import { conditionTree, projectionTree } from "../rules/expressions.ts";
import type { KeyRange } from "../rules/key-bytes.ts";
import { keyConditionsOf, readKeyConditions, type KeyConditions } from "../rules/key-condition.ts";
import { legacyFilter, legacyKeyConditions } from "../rules/legacy-conditions.ts";
import { bindProjection } from "../rules/project.ts";
import { checkScalarKeys } from "../rules/scalar-keys.ts";
import type { IndexSchema, TableSchema } from "../rules/table-schema.ts";
import { operation, type Item } from "../store.ts";

type Read = {
  readonly start: Item | undefined;
  readonly keys: KeyConditions;
  readonly filter: BoundCondition | undefined;
  readonly filtered: readonly BoundPath[];
  readonly projection: readonly BoundPath[] | undefined;
  readonly nested: readonly BoundPath[] | undefined;
};

export const query = operation<QueryInput, QueryOutput>((input, context) => {
  const read = readRequest(input);
  const found = findTable(context, input.TableName);
  const { schema } = found;
  const index = input.IndexName === undefined ? undefined : findReadableIndex(context, schema, input.IndexName);
  if (index?.global === true && input.ConsistentRead === true)
    throw validation("Consistent reads are not supported on global secondary indexes");
  checkAllAttributes(input, index);
  const target = index ?? schema;
  const range = readKeyConditions(read.keys, target, target.storage);
  checkFilter(read, target, input.QueryFilter === undefined ? "Filter Expression" : "QueryFilter");
  checkScalarKeys(schema, read.nested);
  checkProjected(index, read.projection);
  return readPage(context, found, input, {
    index,
    range: pageRange(input, read.start === undefined ? undefined : startKey(schema, index, read.start, true), range),
    filter: read.filter,
    projection: read.projection,
  });
});

function readRequest(input: QueryInput): Read {
  checkGivenTable(input.TableName);
  checkParameters(input, ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"], legacyNames(input));
  checkConditionalOperator(input.ConditionalOperator, input.QueryFilter);
  const { QueryFilter: queryFilter, AttributesToGet: names } = input;
  const legacy = queryFilter === undefined ? undefined : legacyFilter(queryFilter, input.ConditionalOperator);
  const attributes = names === undefined ? undefined : legacyProjection(names);
  const start = readStart(input.ExclusiveStartKey);
  if (input.KeyConditions === undefined && input.KeyConditionExpression === undefined) {
    throw validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  }
  const bindings = new Bindings(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const bind = (text: string | undefined, label: string): Bound | undefined =>
    text === undefined ? undefined : bindCondition(conditionTree(text, label), label, bindings);
  const filter = bind(input.FilterExpression, "FilterExpression");
  const label = "ProjectionExpression";
  const projected =
    input.ProjectionExpression === undefined
      ? undefined
      : bindProjection(projectionTree(input.ProjectionExpression, label), label, bindings);
  const key = bind(input.KeyConditionExpression, "KeyConditionExpression");
  bindings.checkAllUsed();
  const keys = key === undefined ? legacyKeyConditions(input.KeyConditions ?? {}) : keyConditionsOf(key.condition);
  checkSelected(input);
  return {
    keys,
    start,
    filter: filter?.condition ?? legacy,
    filtered: filter?.paths ?? Object.keys(queryFilter ?? {}).map((name) => [name]),
    projection: projected ?? attributes,
    nested: bindings.nested,
  };
}

function checkSelected(input: QueryInput): void {
  try {
    checkSelect(input, "Querying");
  } catch (error) {
    throw inEnvelope(error);
  }
}

/** KeyConditions go with a FilterExpression, but not with a KeyConditionExpression. */
function legacyNames(input: QueryInput): readonly string[] {
  const names = ["AttributesToGet", "QueryFilter", "ConditionalOperator"];
  return input.KeyConditionExpression === undefined ? names : [...names, "KeyConditions"];
}

function checkFilter({ filtered }: Read, target: TableSchema | IndexSchema, parameter: string): void {
  for (const { name } of target.attributes) {
    if (filtered.some((path) => path[0] === name))
      throw validation(`${parameter} can only contain non-primary key attributes: Primary key attribute: ${name}`);
  }
}

function pageRange(input: QueryInput, start: string | undefined, range: KeyRange): Range {
  const reverse = input.ScanIndexForward === false;
  if (start === undefined) return { ...range, reverse };
  if (start < range.from || start >= range.to)
    throw validation("The provided starting key is outside query boundaries based on provided conditions");
  return reverse ? { from: range.from, to: start, reverse } : { ...range, after: start };
}
