// Puts parameters into a parsed statement and refuses what PartiQL has and DynamoDB has not.

import { validation } from "../../errors.ts";
import type { AttributeValue, Item } from "../attribute-value.ts";
import type { BoundPath } from "../bindings.ts";
import { conditionOf } from "./bind-condition.ts";
import { pathOf } from "./bind-path.ts";
import { actionsOf } from "./bind-update.ts";
import { memberName, literalValue } from "./bind-value.ts";
import { className, wrongAt } from "./places.ts";
import { columnName } from "./select-columns.ts";
import type { Delete, Insert, Order, Returned, Select, Statement, Update } from "./statement.ts";
import type { ChangeTree, InsertTree, Node, Returning, SelectTree, Source, StatementTree } from "./tree.ts";

type Parameters = readonly AttributeValue[];

const ONE_TABLE = "FROM clause may only contain a single table name in data manipulation statements";
const NO_MATCH = "Number of parameters in request and statement don't match.";
const TABLE_NAME = /^(?:[a-zA-Z0-9_.-]{3,255}|arn:.+)$/;

export function bindStatement({ root, parameters: count }: StatementTree, parameters: Parameters): Statement {
  if (count !== parameters.length) throw validation(NO_MATCH);
  switch (root.kind) {
    case "select":
      return selectOf(root, parameters);
    case "insert":
      return insertOf(root, parameters);
    case "update":
    case "delete":
      return changeOf(root, parameters);
    default: {
      const [inner] = root.kind === "call" && root.name === "exists" ? root.operands : [];
      if (inner?.kind === "select") return { kind: "exists", select: selectOf(inner, parameters) };
      throw validation(`Unsupported operation: ${className(root)}`);
    }
  }
}

function selectOf(tree: SelectTree, parameters: Parameters): Select {
  checkClauses(tree);
  const [table, index] = sourceOf(tree.from);
  return {
    kind: "select",
    table,
    index,
    projection: projectionOf(tree),
    where: tree.where === undefined ? undefined : conditionOf(tree.where, parameters),
    order: tree.order?.map(orderOf),
  };
}

function checkClauses({ grouped, having, limit, distinct }: SelectTree): void {
  if (grouped) throw validation("Unsupported clause: GROUP BY");
  if (having !== undefined) throw wrongAt("Unsupported clause: HAVING", having.place);
  if (limit !== undefined) throw wrongAt("Unsupported clause: LIMIT", limit.place);
  if (distinct) throw validation("Unsupported token in expression: DISTINCT");
}

/** Table, and index if there is one. */
function sourceOf(from: readonly Source[]): [string, string | undefined] {
  const [source] = from as [Source];
  if (from.length > 1) throw validation("Only select from a single table or index is supported.");
  if (source.aliased) throw validation("Aliasing is not supported");
  const { node } = source;
  if (node.kind === "list" || (node.kind === "path" && node.root.kind === "list"))
    throw wrongAt("Invalid list expression in source.", node.place);
  if (node.kind !== "name" && node.kind !== "path") throw wrongAt("Unexpected from source", node.place);
  const path = pathOf(node);
  if (path.length > 2) throw validation("A path may contain at most 2 components in the FROM clause");
  const [table, index] = path as [string, string | number | undefined];
  if (typeof index === "number") throw wrongAt("Invalid list expression in source.", node.place);
  return [checkedTable(table), index];
}

function checkedTable(name: string): string {
  if (!TABLE_NAME.test(name))
    throw validation(
      "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.",
    );
  return name;
}

function projectionOf({ projection, single }: SelectTree): readonly BoundPath[] | undefined {
  if (single) throw validation("Select projection doesn't support value or pivot keywords");
  if (projection[0]?.node.kind === "star") return undefined;
  const paths = projection.map(({ node, aliased }) => {
    if (aliased) throw validation("Aliasing is not supported");
    if (node.kind === "path" && node.parts.at(-1)?.kind === "unpivot")
      throw validation("Changing item's hierarchy while reading isn't supported");
    return pathOf(node);
  });
  const names = new Set<string>();
  for (const path of paths) {
    const name = columnName(path);
    if (names.has(name)) throw validation(`Duplicate identifiers in select clause: ${name}`);
    names.add(name);
  }
  return paths;
}

function orderOf({ node, descending }: NonNullable<SelectTree["order"]>[number]): Order {
  if (node.kind !== "name")
    throw validation(`Argument to ORDER BY must be of type VariableReference. Type: ${className(node)}`);
  return { name: node.name, descending };
}

function insertOf(tree: InsertTree, parameters: Parameters): Insert {
  if (tree.many)
    throw validation(
      'Unsupported operation: Inserting multiple items in a single statement is not supported, use "INSERT INTO tableName VALUE item" instead',
    );
  if (tree.at) throw validation("AT is not supported in insert statements.");
  const target = pathOf(tree.target);
  if (target.length > 1) throw validation(ONE_TABLE);
  const table = checkedTable(target[0] as string);
  const item = itemOf(tree.value, parameters);
  if (tree.returning !== undefined) throw validation("RETURNING is not supported in INSERT");
  return { kind: "insert", table, item };
}

/** Parameters may stand for attributes of the item, not for parts of them. */
function itemOf(node: Node, parameters: Parameters): Item {
  if (node.kind !== "struct")
    throw wrongAt(
      "Unsupported format in item expression. Please use struct format {...} to express item values for insert statement.",
      node.place,
    );
  const item = new Map<string, AttributeValue>();
  for (const [key, value] of node.members) {
    const name = memberName(key, item, "root");
    item.set(name, value.kind === "parameter" ? (parameters[value.index] as AttributeValue) : literalValue(value));
  }
  return Object.fromEntries(item);
}

function changeOf(tree: ChangeTree, parameters: Parameters): Update | Delete {
  const [first] = tree.actions;
  if (first?.kind === "insert") {
    throw validation("Unsupported FROM ... WHERE ... clause in INSERT statement.");
  }
  if (tree.from.length !== 1) throw validation(ONE_TABLE);
  const actions = actionsOf(tree.actions, parameters);
  const where = tree.where === undefined ? undefined : conditionOf(tree.where, parameters);
  const [table, index] = sourceOf(tree.from);
  if (index !== undefined) throw validation("This operation is not supported on an index");
  const returning = returnedOf(tree.returning);
  if (tree.kind === "update") return { kind: "update", table, actions, where, returning };
  if (returning !== undefined && returning !== "ALL_OLD")
    throw validation(
      `Invalid returning clause: RETURNING ${tree.returning?.what} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
    );
  return { kind: "delete", table, where, returning };
}

function returnedOf(returning: Returning | undefined): Returned | undefined {
  if (returning === undefined) return undefined;
  if (returning.several) throw validation("Invalid syntax with multiple returning elements in RETURNING clause");
  if (!returning.star) throw validation("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
  return returning.what.replace(" ", "_").replace("MODIFIED", "UPDATED") as Returned;
}
