// Paths: `s.name`, `s."Name"`, `s['name']`, `a[0]`, and in FROM also `.*` and `[*]`.

import type { Expression, Step } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** What follows a name. */
export function stepsOf(reader: TokenReader, wildcards: boolean): readonly Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (reader.accept(".")) steps.push(member(reader, wildcards));
    else if (reader.accept("[")) {
      steps.push(element(reader, wildcards));
      reader.expect("]");
    } else return steps;
  }
}

function member(reader: TokenReader, wildcards: boolean): Step {
  const token = reader.take();
  if (token.kind === "name") return { kind: "name", name: token.text, exact: false };
  if (token.kind === "quoted") return { kind: "name", name: token.text, exact: true };
  if (token.kind === "symbol" && token.text === "*") {
    if (wildcards) return { kind: "all" };
    throw reader.fault("ParseInvalidContextForWildcardInSelectList", "Invalid use of * in select list", token);
  }
  const got = token.kind === "keyword" ? "KEYWORD" : "LITERAL";
  const what = `Invalid Path component, expecting either an IDENTIFIER or STAR, got: ${got},`;
  throw reader.fault("ParseInvalidPathComponent", what, token);
}

function element(reader: TokenReader, wildcards: boolean): Step {
  const token = reader.take();
  if (token.kind === "string") return { kind: "name", name: token.text, exact: true };
  if (token.kind === "number" && /^\d+$/.test(token.text)) return { kind: "index", index: Number(token.text) };
  if (token.kind === "symbol" && token.text === "*" && wildcards) return { kind: "all" };
  throw reader.unexpected("ParseUnexpectedToken", token);
}

export function pathOf(reader: TokenReader): Expression {
  const token = reader.take();
  const first: Step = { kind: "name", name: token.text, exact: token.kind === "quoted" };
  return { kind: "path", steps: [first, ...stepsOf(reader, false)] };
}
