// What one leaf of an event pattern asks of a value: prefix, numeric, anything-but … and the messages for bad ones.

import { BlockList, isIPv4, isIPv6 } from "node:net";
import { PatternError, type JsonCursor, type Token } from "./json-cursor.ts";

/** `absent` matchers hold when the field is not there; `test` is asked of each value that is. */
export type Matcher = { readonly test: (value: unknown) => boolean; readonly absent?: true };

/** What anything-but may hold; SNS knows only `prefix`. */
export type PatternOptions = { readonly anythingBut?: readonly string[] };

const ANYTHING_BUT = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

export function exactly(wanted: unknown): Matcher {
  return { test: (value) => value === wanted };
}

/** The cursor stands on the `{` of a match expression. */
export function matchExpression(cursor: JsonCursor, options: PatternOptions): Matcher {
  if (cursor.next().kind !== "field") cursor.fail("Match expression name not found");
  const name = cursor.text();
  const read = readers[name];
  if (read === undefined) return cursor.fail(`Unrecognized match type ${name}`);
  const matcher = read(cursor, options);
  if (cursor.next().kind !== "}") cursor.fail("Only one key allowed in match expression");
  return matcher;
}

type Reader = (cursor: JsonCursor, options: PatternOptions) => Matcher;

const readers: Readonly<Record<string, Reader>> = {
  prefix: (cursor) => affix(cursor, "prefix"),
  suffix: (cursor) => affix(cursor, "suffix"),
  "equals-ignore-case": (cursor) => ofText(textAfter(cursor, "equals-ignore-case"), equalsIgnoreCase),
  wildcard: (cursor) => ofText(wildcardText(cursor), wildcard),
  cidr: cidr,
  exists: exists,
  numeric: numeric,
  "anything-but": anythingBut,
};

type TextTest = (wanted: string) => (text: string) => boolean;

function ofText(wanted: string, make: TextTest): Matcher {
  const test = make(wanted);
  return { test: (value) => typeof value === "string" && test(value) };
}

const equalsIgnoreCase: TextTest = (wanted) => {
  const lower = wanted.toLowerCase();
  return (text) => text.toLowerCase() === lower;
};
const prefix: TextTest = (wanted) => (text) => text.startsWith(wanted);
const suffix: TextTest = (wanted) => (text) => text.endsWith(wanted);

const wildcard: TextTest = (wanted) => {
  const parts = [...wanted.matchAll(/\\(.)|(\*)|([^\\*]+)/gs)].map(([, escaped, star, plain]) =>
    star === undefined ? (escaped ?? plain ?? "").replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`) : ".*",
  );
  const expression = new RegExp(`^${parts.join("")}$`, "s");
  return (text) => expression.test(text);
};

function textAfter(cursor: JsonCursor, name: string): string {
  if (cursor.next().kind !== "string") cursor.fail(`${name} match pattern must be a string`);
  return cursor.text();
}

function affix(cursor: JsonCursor, name: "prefix" | "suffix"): Matcher {
  const make = name === "prefix" ? prefix : suffix;
  const token = cursor.next();
  if (token.kind === "{") {
    if (cursor.next().kind !== "field" || cursor.text() !== "equals-ignore-case")
      cursor.fail(`Unsupported ${name} pattern: ${cursor.text()}`);
    const wanted = textAfter(cursor, "equals-ignore-case").toLowerCase();
    if (cursor.next().kind !== "}") cursor.fail("Only one key allowed in match expression");
    const test = make(wanted);
    return { test: (value) => typeof value === "string" && test(value.toLowerCase()) };
  }
  if (token.kind !== "string") cursor.fail(`${name} match pattern must be a string`);
  return ofText(cursor.text(), make);
}

function wildcardText(cursor: JsonCursor): string {
  return checkedWildcard(cursor, textAfter(cursor, "wildcard"));
}

function checkedWildcard(cursor: JsonCursor, text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === "\\") {
      const escaped = text[index + 1];
      if (escaped !== "*" && escaped !== "\\") cursor.fail(`Invalid escape character at pos ${index}`);
      index += 1;
    } else if (text[index] === "*" && text[index + 1] === "*")
      cursor.fail(`Consecutive wildcard characters at pos ${index + 1}`);
  }
  return text;
}

function exists(cursor: JsonCursor): Matcher {
  const { value } = cursor.next();
  if (typeof value !== "boolean") cursor.fail("exists match pattern must be either true or false.");
  return value === true ? { test: () => true } : { test: () => false, absent: true };
}

function cidr(cursor: JsonCursor): Matcher {
  // AWS's own message says prefix here.
  if (cursor.next().kind !== "string") cursor.fail("prefix match pattern must be a string");
  const [address = "", bits, ...rest] = cursor.text().split("/");
  if (bits === undefined || rest.length > 0) throw new PatternError("Malformed CIDR, one '/' required");
  if (!/^\d+$/.test(bits)) throw new PatternError("Malformed CIDR, mask bits must be an integer");
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined;
  if (family === undefined) throw new PatternError(`Nonstandard IP address: ${address}`);
  const most = family === "ipv4" ? 32 : 128;
  if (Number(bits) > most) throw new PatternError(`Malformed CIDR, mask bits must not exceed ${most}`);
  const network = new BlockList();
  network.addSubnet(address, Number(bits), family);
  return {
    test: (value) =>
      typeof value === "string" &&
      (isIPv4(value) || isIPv6(value)) &&
      network.check(value, isIPv4(value) ? "ipv4" : "ipv6"),
  };
}

function isNumber(token: Token): boolean {
  return token.kind === "number";
}

function numeric(cursor: JsonCursor): Matcher {
  if (cursor.next().kind !== "[") cursor.fail("Value of numeric must be an array.");
  const first = cursor.next();
  if (first.kind !== "string") cursor.fail(`Invalid member in numeric match: ${first.text}`);
  const operator = cursor.text();
  const operand = cursor.next();
  if (operator === "=") {
    if (!isNumber(operand)) cursor.fail("Value of equals must be numeric");
    if (cursor.next().kind !== "]") cursor.fail("Too many elements in numeric expression");
    return { test: (value) => value === operand.value };
  }
  if (!["<", "<=", ">", ">="].includes(operator)) cursor.fail(`Unrecognized numeric range operator: ${operator}`);
  if (!isNumber(operand)) cursor.fail(`Value of ${operator} must be numeric`);
  const limit = operand.value as number;
  if (operator.startsWith("<")) {
    if (cursor.next().kind !== "]") cursor.fail("Too many elements in numeric expression");
    return { test: (value) => typeof value === "number" && (value < limit || (operator === "<=" && value === limit)) };
  }
  const above = (value: number): boolean => value > limit || (operator === ">=" && value === limit);
  const top = upperBound(cursor, limit);
  return { test: (value) => typeof value === "number" && above(value) && top(value) };
}

function upperBound(cursor: JsonCursor, bottom: number): (value: number) => boolean {
  const token = cursor.next();
  if (token.kind === "]") return () => true;
  if (token.kind !== "string") cursor.fail(`Bad value in numeric range: ${token.text}`);
  const operator = cursor.text();
  if (operator !== "<" && operator !== "<=") cursor.fail(`Bad numeric range operator: ${operator}`);
  const operand = cursor.next();
  if (!isNumber(operand)) cursor.fail(`Value of ${operator} must be numeric`);
  const top = operand.value as number;
  if (cursor.next().kind !== "]") cursor.fail("Too many terms in numeric range expression");
  if (bottom >= top) cursor.fail("Bottom must be less than top");
  return (value) => value < top || (operator === "<=" && value === top);
}

const NO_VALUE = "Value of anything-but must be an array or single string/number value.";

function anythingBut(cursor: JsonCursor, options: PatternOptions): Matcher {
  const token = cursor.next();
  if (token.kind === "{") return anythingButExpression(cursor, options.anythingBut ?? ANYTHING_BUT);
  if (token.kind === "[") {
    const refused = new Set(
      list(
        cursor,
        (each) => each.kind === "string" || isNumber(each),
        "Inside anything but list, start|null|boolean is not supported.",
      ),
    );
    return { test: (value) => !refused.has(value) };
  }
  if (token.kind !== "string" && !isNumber(token)) cursor.fail(NO_VALUE);
  return { test: (value) => value !== token.value };
}

/** Values of a list up to its end; AWS gives the place of a bad one twice. */
function list(cursor: JsonCursor, good: (token: Token) => boolean, message: string): unknown[] {
  const values: unknown[] = [];
  for (let token = cursor.next(); token.kind !== "]"; token = cursor.next()) {
    if (!good(token)) cursor.fail(message, 2);
    cursor.text();
    values.push(token.value);
  }
  if (values.length === 0) cursor.fail("Empty arrays are not allowed");
  return values;
}

const INNER: Readonly<Record<string, { readonly make: TextTest; readonly message: string; readonly filled: boolean }>> =
  {
    prefix: { make: prefix, message: "prefix/suffix match pattern must be a string", filled: true },
    suffix: { make: suffix, message: "prefix/suffix match pattern must be a string", filled: true },
    "equals-ignore-case": {
      make: equalsIgnoreCase,
      message: "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
      filled: false,
    },
    wildcard: { make: wildcard, message: "wildcard match pattern must be a string", filled: false },
  };

function anythingButExpression(cursor: JsonCursor, allowed: readonly string[]): Matcher {
  if (cursor.next().kind !== "field") cursor.fail("Anything-But expression name not found");
  const name = cursor.text();
  const inner = allowed.includes(name) ? INNER[name] : undefined;
  if (inner === undefined) return cursor.fail(`Unsupported anything-but pattern: ${name}`);
  // SNS, which knows prefix alone, words this like the plain operator.
  const message = allowed.length === 1 ? `${name} match pattern must be a string` : inner.message;
  const texts = innerTexts(cursor, message);
  if (inner.filled && texts.includes("")) cursor.fail("Null prefix/suffix not allowed");
  if (name === "wildcard") for (const text of texts) checkedWildcard(cursor, text);
  if (cursor.next().kind !== "}") cursor.fail("Only one key allowed in match expression");
  const tests = texts.map(inner.make);
  return { test: (value) => typeof value !== "string" || !tests.some((test) => test(value)) };
}

function innerTexts(cursor: JsonCursor, message: string): readonly string[] {
  const token = cursor.next();
  if (token.kind === "{") cursor.fail(NO_VALUE);
  if (token.kind === "[") return list(cursor, (each) => each.kind === "string", message) as string[];
  if (token.kind !== "string") cursor.fail(message);
  return [cursor.text()];
}
