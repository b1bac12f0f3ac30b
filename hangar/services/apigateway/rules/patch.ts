// Patch operations: what each path of a thing allows, and what it does.

import type { PatchOperation } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";

export type Change = {
  readonly op: "add" | "remove" | "replace";
  /** What stands for the stars in the pattern, in order, unescaped. */
  readonly keys: readonly string[];
  readonly value: string;
  readonly path: string;
};

export type PatchRule<Row> = {
  readonly ops: readonly Change["op"][];
  apply(row: Row, change: Change): Row;
};

/** Pattern (`/variables/*`) to rule. The first that fits is taken; `**` takes the rest of the path. */
export type PatchRules<Row> = Readonly<Record<string, PatchRule<Row>>>;

/** How AWS words a path it does not know: it differs from thing to thing. */
export type PatchWords = (op: string, path: string | undefined, supported: readonly string[]) => string;

const plainWords: PatchWords = (_op, path) => `Invalid patch path ${path ?? "null"}`;

export const listingWords: PatchWords = (op, path, supported) =>
  supported.length === 0
    ? `Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`
    : `Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${supported.join(", ")}]`;

export function applyPatch<Row>(
  row: Row,
  operations: readonly PatchOperation[] | undefined,
  rules: PatchRules<Row>,
  words: PatchWords = plainWords,
): Row {
  let patched = row;
  for (const { op = "replace", path, value } of operations ?? []) {
    if (op !== "add" && op !== "remove" && op !== "replace")
      throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
    const found = path === undefined ? undefined : ruleFor(path, rules);
    if (path === undefined || found === undefined || (!found.rule.ops.includes(op) && words !== plainWords)) {
      const supported = Object.entries(rules).filter(([, rule]) => rule.ops.includes(op));
      throw badRequest(
        words(
          op,
          path,
          supported.map(([pattern]) => pattern),
        ),
      );
    }
    if (!found.rule.ops.includes(op))
      throw badRequest(`Invalid patch operation specified. Must be one of: [${found.rule.ops.join(", ")}]`);
    patched = found.rule.apply(patched, { op, keys: found.keys, value: value ?? "", path });
  }
  return patched;
}

function ruleFor<Row>(path: string, rules: PatchRules<Row>): { rule: PatchRule<Row>; keys: string[] } | undefined {
  const segments = path.split("/").map(unescapeSegment);
  for (const [pattern, rule] of Object.entries(rules)) {
    const keys = keysOf(pattern.split("/"), segments);
    if (keys !== undefined) return { rule, keys };
  }
  return undefined;
}

function keysOf(pattern: readonly string[], segments: readonly string[]): string[] | undefined {
  const keys: string[] = [];
  for (const [index, expected] of pattern.entries()) {
    if (expected === "**") return [...keys, segments.slice(index).join("/")];
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (expected === "*") keys.push(segment);
    else if (expected !== segment) return undefined;
  }
  return pattern.length === segments.length ? keys : undefined;
}

/** JSON pointer: `~1` is a slash, `~0` a tilde. */
export function unescapeSegment(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

type Named<Row, Name extends keyof Row> = { readonly name: Name; readonly row?: Row };

/** A member that is text. Removed, it is gone. */
export function text<Row>(name: keyof Row & string, ops: PatchRule<Row>["ops"] = ["replace"]): PatchRule<Row> {
  return { ops, apply: (row, { op, value }) => (op === "remove" ? without(row, name) : { ...row, [name]: value }) };
}

/** A member that is text; emptied, it is gone. */
export function optionalText<Row>(
  name: keyof Row & string,
  ops: PatchRule<Row>["ops"] = ["replace", "remove"],
): PatchRule<Row> {
  return {
    ops,
    apply: (row, { op, value }) => (op === "remove" || value === "" ? without(row, name) : { ...row, [name]: value }),
  };
}

/** Anything but `true` is false. */
export function flag<Row>(name: Named<Row, keyof Row>["name"] & string): PatchRule<Row> {
  return { ops: ["replace"], apply: (row, { value }) => ({ ...row, [name]: value.toLowerCase() === "true" }) };
}

export function number<Row>(name: keyof Row & string): PatchRule<Row> {
  return { ops: ["replace"], apply: (row, change) => ({ ...row, [name]: numberIn(change) }) };
}

export function numberIn({ value, path }: Pick<Change, "value" | "path">): number {
  const found = Number(value);
  if (value.trim() === "" || Number.isNaN(found))
    throw badRequest(`Invalid value '${value}' specified for path ${path}: it must be a number`);
  return found;
}

/** A map of texts; the key is the last segment of the path. */
export function entry<Row>(
  name: keyof Row & string,
  ops: PatchRule<Row>["ops"] = ["add", "replace", "remove"],
  read: (value: string) => unknown = (value) => value,
): PatchRule<Row> {
  return {
    ops,
    apply(row, { op, keys, value }) {
      const name_ = keys.at(-1) ?? "";
      const map: Record<string, unknown> = { ...(row[name] as Readonly<Record<string, unknown>> | undefined) };
      if (op === "remove") delete map[name_];
      else map[name_] = read(value);
      return Object.keys(map).length === 0 ? without(row, name) : { ...row, [name]: map };
    },
  };
}

/** A set of texts; a replaced member gives way to the value. */
export function member<Row>(name: keyof Row & string): PatchRule<Row> {
  return {
    ops: ["add", "replace", "remove"],
    apply(row, { op, keys, value }) {
      const named = keys.at(-1) ?? "";
      const list = (row[name] as readonly string[] | undefined) ?? [];
      if (op === "remove") {
        const kept = list.filter((each) => each !== named);
        return kept.length === 0 ? without(row, name) : { ...row, [name]: kept };
      }
      if (op === "replace") {
        const others = list.filter((each) => each !== named);
        return { ...row, [name]: [...new Set([...others, unescapeSegment(value)])] };
      }
      return { ...row, [name]: [...new Set([...list, named])] };
    },
  };
}

export function without<Row>(row: Row, name: keyof Row & string): Row {
  const { [name]: _gone, ...rest } = row;
  return rest as Row;
}
