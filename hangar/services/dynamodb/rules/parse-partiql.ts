// Reads PartiQL statements. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html

import { validation } from "../errors.ts";
import { typeOf, type AttributeValue, type Item } from "./attribute-value.ts";
import type { BoundAction, UpdateOperand } from "./bind-update.ts";
import type { BoundPath } from "./bindings.ts";
import type { BoundCondition } from "./bound-condition.ts";
import { readWhere } from "./partiql-condition.ts";
import { PartiqlReader } from "./partiql-reader.ts";
import { malformed } from "./partiql-tokens.ts";

export type Select = {
  readonly kind: "select";
  readonly table: string;
  readonly index: string | undefined;
  /** Undefined for all attributes. */
  readonly projection: readonly BoundPath[] | undefined;
  readonly where: BoundCondition | undefined;
  readonly order: readonly { readonly name: string; readonly descending: boolean }[];
};
export type Insert = { readonly kind: "insert"; readonly table: string; readonly item: Item };
export type Update = {
  readonly kind: "update";
  readonly table: string;
  readonly actions: readonly BoundAction[];
  readonly where: BoundCondition;
  readonly returning: string | undefined;
};
export type Delete = {
  readonly kind: "delete";
  readonly table: string;
  readonly where: BoundCondition;
  readonly returning: string | undefined;
};
/** EXISTS(SELECT …): a condition of a transaction. */
export type Exists = { readonly kind: "exists"; readonly select: Select };
export type Statement = Select | Insert | Update | Delete | Exists;

const MAX_BYTES = 8192;

export function parsePartiql(text: string, parameters: readonly AttributeValue[]): Statement {
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw validation(`Statement size has exceeded the maximum allowed size of ${MAX_BYTES} bytes`);
  const reader = new PartiqlReader(text, parameters);
  const statement = readStatement(reader);
  reader.finish();
  return statement;
}

function readStatement(reader: PartiqlReader): Statement {
  if (reader.takeCall("EXISTS")) {
    reader.expectWord("SELECT");
    const select = readSelect(reader);
    reader.expectSymbol(")");
    return { kind: "exists", select };
  }
  if (reader.takeWord("SELECT")) return readSelect(reader);
  if (reader.takeWord("INSERT")) return readInsert(reader);
  if (reader.takeWord("UPDATE")) return readUpdate(reader);
  if (reader.takeWord("DELETE")) return readDelete(reader);
  throw reader.unexpected();
}

function readSelect(reader: PartiqlReader): Select {
  const projection = reader.takeSymbol("*") ? undefined : readPaths(reader);
  reader.expectWord("FROM");
  const table = reader.name();
  const index = reader.takeSymbol(".") ? reader.name() : undefined;
  const where = reader.takeWord("WHERE") ? readWhere(reader) : undefined;
  const order: { name: string; descending: boolean }[] = [];
  if (reader.takeWord("ORDER")) {
    reader.expectWord("BY");
    do order.push({ name: reader.name(), descending: reader.takeWord("DESC") || (reader.takeWord("ASC") && false) });
    while (reader.takeSymbol(","));
  }
  return { kind: "select", table, index, projection, where, order };
}

function readPaths(reader: PartiqlReader): BoundPath[] {
  const paths = [reader.path()];
  while (reader.takeSymbol(",")) paths.push(reader.path());
  return paths;
}

function readInsert(reader: PartiqlReader): Insert {
  reader.expectWord("INTO");
  const table = reader.name();
  reader.expectWord("VALUE");
  const item = reader.value().M;
  if (item === undefined) throw malformed("Expected a map of the item's attributes");
  return { kind: "insert", table, item };
}

function readUpdate(reader: PartiqlReader): Update {
  const table = reader.name();
  const actions: BoundAction[] = [];
  while (reader.isWord("SET") || reader.isWord("REMOVE")) {
    if (reader.takeWord("SET")) {
      do actions.push(readAssignment(reader));
      while (reader.takeSymbol(","));
    } else {
      reader.expectWord("REMOVE");
      do actions.push({ kind: "REMOVE", path: reader.path() });
      while (reader.takeSymbol(","));
    }
  }
  if (actions.length === 0) throw reader.unexpected();
  reader.expectWord("WHERE");
  return { kind: "update", table, actions, where: readWhere(reader), returning: readReturning(reader) };
}

function readDelete(reader: PartiqlReader): Delete {
  reader.expectWord("FROM");
  const table = reader.name();
  reader.expectWord("WHERE");
  return { kind: "delete", table, where: readWhere(reader), returning: readReturning(reader) };
}

/** `RETURNING ALL OLD *` and its like: `ALL_OLD`. */
function readReturning(reader: PartiqlReader): string | undefined {
  if (!reader.takeWord("RETURNING")) return undefined;
  const amount = reader.takeWord("MODIFIED") ? "UPDATED" : "ALL";
  if (amount === "ALL") reader.expectWord("ALL");
  const state = reader.takeWord("OLD") ? "OLD" : "NEW";
  if (state === "NEW") reader.expectWord("NEW");
  reader.expectSymbol("*");
  return `${amount}_${state}`;
}

function readAssignment(reader: PartiqlReader): BoundAction {
  const path = reader.path();
  reader.expectSymbol("=");
  for (const [name, kind] of [
    ["SET_ADD", "ADD"],
    ["SET_DELETE", "DELETE"],
  ] as const) {
    if (!reader.takeCall(name)) continue;
    reader.path();
    reader.expectSymbol(",");
    const value = reader.value();
    reader.expectSymbol(")");
    if (!typeOf(value).endsWith("S") || typeOf(value) === "S") throw malformed(`${name.toLowerCase()} takes a set`);
    return { kind, path, value };
  }
  return { kind: "SET", path, operand: readSum(reader) };
}

function readSum(reader: PartiqlReader): UpdateOperand {
  const left = readTerm(reader);
  for (const operator of ["+", "-"] as const) {
    if (reader.takeSymbol(operator)) return { kind: operator, left, right: readTerm(reader) };
  }
  return left;
}

function readTerm(reader: PartiqlReader): UpdateOperand {
  if (reader.takeCall("LIST_APPEND")) {
    const left = readTerm(reader);
    reader.expectSymbol(",");
    const right = readTerm(reader);
    reader.expectSymbol(")");
    return { kind: "list_append", left, right };
  }
  const value = reader.takeValue();
  return value === undefined ? { kind: "path", path: reader.path() } : { kind: "literal", value };
}
