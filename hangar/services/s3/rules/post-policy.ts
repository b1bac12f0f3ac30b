// POST policies: what a signed form may hold. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html

import { parseDateTime } from "../../../protocols/timestamps.ts";
import { accessDenied, s3Error } from "../errors.ts";

type Condition = Readonly<Record<string, unknown>> | readonly unknown[];
export type PostPolicy = { readonly expiration: number; readonly conditions: readonly Condition[] };

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

export function parsePostPolicy(text: string): PostPolicy {
  if (!BASE64.test(text)) throw invalid("invalid Base64 encoding.");
  if (text === "") throw invalid("Expecting '{' but found End-of-Input");
  const { expiration, conditions } = documentOf(Buffer.from(text, "base64").toString("utf8"));
  if (expiration === undefined) throw invalid("Policy missing expiration.");
  const end = typeof expiration === "string" ? parseDateTime(expiration) : undefined;
  if (end === undefined) {
    const shown = typeof expiration === "string" ? expiration : JSON.stringify(expiration);
    throw invalid(`Invalid 'expiration' value: '${shown}'`);
  }
  if (conditions === undefined) throw invalid("Policy missing conditions.");
  if (!Array.isArray(conditions)) throw invalid("Invalid 'conditions' value: must be a List.");
  for (const condition of conditions as readonly unknown[]) checkShape(condition);
  return { expiration: end.getTime(), conditions: conditions as Condition[] };
}

function documentOf(text: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw invalid("Invalid JSON.");
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) throw invalid("Invalid JSON.");
  return document as Readonly<Record<string, unknown>>;
}

const OPERATIONS = ["eq", "starts-with", "content-length-range"];

function checkShape(condition: unknown): void {
  if (typeof condition !== "object" || condition === null)
    throw invalid("Invalid condition test: must be a List or Object.");
  if (!Array.isArray(condition)) {
    const values = Object.values(condition);
    if (values.length !== 1)
      throw invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
    if (typeof values[0] !== "string") throw invalid("Invalid Simple-Condition: value must be a string.");
    return;
  }
  const [operation] = condition as readonly unknown[];
  if (typeof operation !== "string") throw invalid("Invalid Condition: missing operation identifier.");
  if (!OPERATIONS.includes(operation.toLowerCase()))
    throw invalid(`Invalid Condition: unknown operation '${operation}'.`);
  if (condition.length !== 3) throw invalid(`Invalid ${operation}: wrong number of arguments.`);
}

function invalid(reason: string): Error {
  return s3Error("InvalidPolicyDocument", `Invalid Policy: ${reason}`);
}

function failed(condition: readonly unknown[]): Error {
  const shown = condition.map((each) => JSON.stringify(String(each))).join(", ");
  return accessDenied(`Invalid according to Policy: Policy Condition failed: [${shown}]`);
}

/** Fields that no condition has to name. */
const FREE = new Set(["x-amz-signature", "signature", "awsaccesskeyid", "file", "policy"]);

export type SizeLimits = { readonly least: number; readonly most: number; readonly condition: readonly unknown[] };

/** Throws for the first condition that fails or field that none names; gives the limits on the file's size. */
export function checkForm(
  policy: PostPolicy,
  fields: ReadonlyMap<string, string>,
  now: number,
): SizeLimits | undefined {
  if (policy.expiration <= now) throw accessDenied("Invalid according to Policy: Policy expired.");
  const named = new Set<string>();
  let limits: SizeLimits | undefined;
  for (const condition of policy.conditions) {
    const size = sizeOf(condition);
    if (size !== undefined) limits = size;
    else named.add(checkCondition(condition, fields));
  }
  for (const name of fields.keys()) {
    if (FREE.has(name) || name.startsWith("x-ignore-") || named.has(name)) continue;
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${name}`);
  }
  return limits;
}

function sizeOf(condition: Condition): SizeLimits | undefined {
  if (!Array.isArray(condition)) return undefined;
  if (String(condition[0]).toLowerCase() !== "content-length-range") return undefined;
  const [, least, most] = condition as readonly unknown[];
  const limits = { least: Number(least), most: Number(most), condition: condition as readonly unknown[] };
  if (Number.isNaN(limits.least) || Number.isNaN(limits.most)) throw failed(condition);
  if (limits.least < 0 || limits.most < 0) throw invalid("Invalid 'content-length-range' value.");
  return limits;
}

/** Answers the name of the field that the condition is about. */
function checkCondition(condition: Condition, fields: ReadonlyMap<string, string>): string {
  const [operator, target, value] = tripleOf(condition);
  const name = target.slice(1).toLowerCase();
  const shown = [operator, target, value];
  if (!target.startsWith("$")) throw failed(shown);
  const given = fields.get(name) ?? "";
  const holds =
    operator === "eq" ? given === value : operator === "starts-with" ? startsWith(name, given, value) : false;
  if (!holds) throw failed(shown);
  return name;
}

/** A content type list matches when each of its types does. */
function startsWith(name: string, given: string, value: string): boolean {
  return name === "content-type" ? given.split(",").every((each) => each.startsWith(value)) : given.startsWith(value);
}

function tripleOf(condition: Condition): readonly [operator: string, target: string, value: string] {
  if (Array.isArray(condition)) {
    const [operator, target, value] = condition as readonly unknown[];
    return [String(operator).toLowerCase(), String(target), String(value)];
  }
  const [[name, value] = []] = Object.entries(condition);
  return ["eq", `$${name}`, String(value)];
}
