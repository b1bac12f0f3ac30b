// Reads a whole table or index, or one segment of it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html

import type { ScanInput, ScanOutput } from "../../../models/dynamodb.d.ts";
import { checkGivenTable, findReadableIndex, findTable } from "../engine/find-table.ts";
import { checkAllAttributes, checkProjected, checkSelect, readPage, readStart, startKey } from "../engine/read-page.ts";
import { inOlderWords, validation } from "../errors.ts";
import { bindCondition } from "../rules/bind-condition.ts";
import { Bindings, type BoundPath } from "../rules/bindings.ts";
import type { BoundCondition } from "../rules/bound-condition.ts";
import { checkConditionalOperator, checkParameters, legacyProjection } from "../rules/expression-parameters.ts";
import { conditionTree, projectionTree } from "../rules/expressions.ts";
import { afterAll, segmentRange, type KeyRange } from "../rules/key-bytes.ts";
import { legacyFilter } from "../rules/legacy-conditions.ts";
import { bindProjection } from "../rules/project.ts";
import { checkScalarKeys } from "../rules/scalar-keys.ts";
import { operation, type Item } from "../store.ts";

type Read = {
  readonly start: Item | undefined;
  readonly filter: BoundCondition | undefined;
  readonly projection: readonly BoundPath[] | undefined;
  readonly nested: readonly BoundPath[] | undefined;
};

export const scan = operation<ScanInput, ScanOutput>((input, context) => {
  checkGivenTable(input.TableName);
  const { start, filter, projection, nested } = readRequest(input);
  const found = findTable(context, input.TableName);
  const { schema } = found;
  const index = input.IndexName === undefined ? undefined : findReadableIndex(context, schema, input.IndexName);
  if (index?.global === true && input.ConsistentRead === true)
    throw validation("Consistent reads are not supported on global secondary indexes");
  checkAllAttributes(input, index);
  checkScalarKeys(schema, nested);
  checkProjected(index, projection);
  const { storage } = index ?? schema;
  const range =
    input.TotalSegments === undefined
      ? { from: storage, to: afterAll(storage) }
      : segmentRange(storage, input.Segment ?? 0, input.TotalSegments);
  const after = start === undefined ? undefined : startKey(schema, index, start);
  if (after !== undefined) checkStart(input, range, after);
  return readPage(context, found, input, {
    index,
    range: after === undefined ? range : { ...range, after },
    filter,
    projection,
  });
});

function readRequest(input: ScanInput): Read {
  try {
    return readParameters(input);
  } catch (error) {
    throw inOlderWords(error);
  }
}

function readParameters(input: ScanInput): Read {
  checkParameters(
    input,
    ["ProjectionExpression", "FilterExpression"],
    ["AttributesToGet", "ScanFilter", "ConditionalOperator"],
  );
  const attributes = input.AttributesToGet === undefined ? undefined : legacyProjection(input.AttributesToGet);
  const legacy = input.ScanFilter === undefined ? undefined : legacyFilter(input.ScanFilter, input.ConditionalOperator);
  checkConditionalOperator(input.ConditionalOperator, input.ScanFilter);
  const start = readStart(input.ExclusiveStartKey);
  checkSegments(input);
  const { FilterExpression: filterText, ProjectionExpression: projectionText } = input;
  const bindings = new Bindings(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const filter =
    filterText === undefined
      ? legacy
      : bindCondition(conditionTree(filterText, "FilterExpression"), "FilterExpression", bindings).condition;
  const projection =
    projectionText === undefined
      ? attributes
      : bindProjection(projectionTree(projectionText, "ProjectionExpression"), "ProjectionExpression", bindings);
  bindings.checkAllUsed();
  checkSelect(input, "Scanning");
  return { start, filter, projection, nested: bindings.nested };
}

function checkSegments({ Segment: segment, TotalSegments: total }: ScanInput): void {
  if (segment !== undefined && total === undefined) {
    throw validation(
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
  }
  if (total === undefined) return;
  if (segment === undefined)
    throw validation(
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    );
  if (segment >= total) {
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
}

function checkStart(input: ScanInput, range: KeyRange, start: string): void {
  if (start >= range.from && start < range.to) return;
  throw validation(
    `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${input.TotalSegments ?? 1} Segment: ${input.Segment ?? 0}`,
  );
}
