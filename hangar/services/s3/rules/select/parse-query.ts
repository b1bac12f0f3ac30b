// Parses a query of S3 Select: SELECT … FROM S3Object[*].path alias WHERE … LIMIT n.

import { fault } from "./faults.ts";
import { expressionOf } from "./parse-expression.ts";
import { stepsOf } from "./parse-path.ts";
import type { Expression, Projection, Query, Step } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

export function parseQuery(text: string): Query {
  const reader = new TokenReader(text);
  reader.expect("SELECT");
  if (reader.at("DISTINCT") || reader.at("ALL")) throw fault("UnsupportedSqlStructure");
  const list = projectionsOf(reader);
  reader.expect("FROM", "ParseSelectMissingFrom");
  const { from, alias } = sourceOf(reader);
  const where = reader.accept("WHERE") ? expressionOf(reader) : undefined;
  if (reader.at("GROUP") || reader.at("HAVING")) throw fault("UnsupportedSqlStructure");
  const limit = reader.accept("LIMIT") ? limitOf(reader) : undefined;
  if (reader.peek().kind !== "end") throw reader.unexpected();
  return { projections: withoutStar(list, alias), from, alias, where, limit };
}

/** `s.*` is told from `*` once FROM has said what `s` is. */
type Listed = readonly Projection[] | "*" | { readonly of: string };

function projectionsOf(reader: TokenReader): Listed {
  if (reader.at("FROM")) throw reader.fault("ParseEmptySelect", "Found empty SELECT list");
  if (reader.accept("*")) {
    if (reader.at(",")) throw asterisk(reader);
    return "*";
  }
  if (reader.at(".", 1) && reader.at("*", 2)) {
    const of = reader.take().text;
    reader.take();
    reader.take();
    if (reader.at(",")) throw asterisk(reader);
    return { of };
  }
  const all = [projectionOf(reader)];
  while (reader.accept(",")) {
    if (reader.at("*")) throw asterisk(reader);
    all.push(projectionOf(reader));
  }
  return all;
}

function asterisk(reader: TokenReader): Error {
  const what = "Other expressions may not be present in the select list when '*' is used without dot notation";
  return reader.fault("ParseAsteriskIsNotAloneInSelectList", what);
}

function withoutStar(listed: Listed, alias: string | undefined): readonly Projection[] | undefined {
  if (listed === "*") return undefined;
  if (!("of" in listed)) return listed;
  if (listed.of.toLowerCase() !== (alias ?? "s3object").toLowerCase()) throw fault("EvaluatorBindingDoesNotExist");
  return undefined;
}

function projectionOf(reader: TokenReader): Projection {
  const expression: Expression = expressionOf(reader);
  return { expression, alias: aliasOf(reader) };
}

function aliasOf(reader: TokenReader): string | undefined {
  const said = reader.accept("AS");
  const { kind } = reader.peek();
  if (kind === "name" || kind === "quoted") return reader.take().text;
  if (said) throw reader.fault("ParseExpectedIdentForAlias", "Expected identifier for alias");
  return undefined;
}

function sourceOf(reader: TokenReader): { readonly from: readonly Step[]; readonly alias: string | undefined } {
  const token = reader.take();
  if ((token.kind !== "name" && token.kind !== "quoted") || token.text.toUpperCase() !== "S3OBJECT") {
    if (token.kind === "name" || token.kind === "quoted") throw fault("EvaluatorBindingDoesNotExist");
    throw token.text === "(" ? fault("UnsupportedSqlStructure") : reader.unexpected("ParseUnexpectedToken", token);
  }
  const steps = stepsOf(reader, true);
  // `S3Object[*]` is every record, as `S3Object` is.
  const from = steps[0]?.kind === "all" ? steps.slice(1) : steps;
  const alias = aliasOf(reader);
  if (reader.at(",") || reader.at("JOIN") || reader.at("INNER") || reader.at("LEFT") || reader.at("CROSS")) {
    throw fault("UnsupportedSqlStructure");
  }
  return { from, alias };
}

function limitOf(reader: TokenReader): number {
  if (reader.at("-")) throw fault("EvaluatorNegativeLimit");
  const token = reader.take();
  if (token.kind !== "number" || !/^\d+$/.test(token.text)) throw reader.unexpected("ParseExpectedNumber", token);
  return Number(token.text);
}
