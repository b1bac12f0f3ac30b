// What an export leaves out, by expressions as Query and Scan have them. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Filtered.html

import type { ExportTableToPointInTimeInput } from "../../../models/dynamodb.d.ts";
import { validation } from "../errors.ts";
import type { Item } from "./attribute-value.ts";
import { bindCondition } from "./bind-condition.ts";
import { Bindings } from "./bindings.ts";
import { meets } from "./bound-condition.ts";
import { conditionTree, projectionTree } from "./expressions.ts";
import { keyConditionsOf, readKeyConditions } from "./key-condition.ts";
import { bindProjection, project } from "./project.ts";
import { checkScalarKeys } from "./scalar-keys.ts";
import type { TableSchema } from "./table-schema.ts";

type Specification = NonNullable<ExportTableToPointInTimeInput["FilterSpecification"]>;

export type ExportFilter = {
  /** `key` is without the table's storage. */
  readonly takes: (key: string, item: Item) => boolean;
  readonly shown: (item: Item) => Item;
};

export const TAKES_ALL: ExportFilter = { takes: () => true, shown: (item) => item };

export function readExportFilter(given: Specification, schema: TableSchema): ExportFilter {
  const { FilterExpression, KeyConditionExpression, ProjectionExpression } = given;
  const bindings = new Bindings(given.ExpressionAttributeNames, given.ExpressionAttributeValues);
  const bind = (text: string | undefined, label: string) =>
    text === undefined ? undefined : bindCondition(conditionTree(text, label), label, bindings);
  const filter = bind(FilterExpression, "FilterExpression");
  const label = "ProjectionExpression";
  const projection =
    ProjectionExpression === undefined
      ? undefined
      : bindProjection(projectionTree(ProjectionExpression, label), label, bindings);
  const key = bind(KeyConditionExpression, "KeyConditionExpression");
  bindings.checkAllUsed();
  if (key !== undefined) checkNoKeys(filter?.paths ?? [], schema);
  checkScalarKeys(schema, bindings.nested);
  const range = key === undefined ? undefined : readKeyConditions(keyConditionsOf(key.condition), schema, "");
  return {
    takes: (at, item) =>
      (range === undefined || (at >= range.from && at < range.to)) &&
      (filter === undefined || meets(item, filter.condition)),
    shown: (item) => (projection === undefined ? item : project(item, projection)),
  };
}

/** As in a Query: what the key condition is for, the filter must not name. */
function checkNoKeys(paths: readonly (readonly (string | number)[])[], schema: TableSchema): void {
  for (const { name } of schema.attributes)
    if (paths.some((path) => path[0] === name))
      throw validation(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`);
}
