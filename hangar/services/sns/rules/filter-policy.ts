// Filter policies: checked in AWS's words, then asked of each message. https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html

import {
  flatten,
  jsonFault,
  matches,
  parsePattern,
  PatternError,
  storedPattern,
  type Pattern,
} from "../../../kernel/event-pattern/pattern.ts";
import { invalidParameter } from "../errors.ts";
import type { Message, MessageAttribute } from "../store.ts";

const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;

/** `prefix` begins the message: `Attributes Reason: ` in Subscribe. */
export function checkFilterPolicy(text: string, scope: string, prefix: string): void {
  const fault = jsonFault(text);
  if (fault !== undefined)
    throw invalidParameter(`${prefix}FilterPolicy: failed to parse JSON. ${withoutSource(fault.message)}`);
  if (isEmpty(text)) return;
  let pattern: Pattern;
  try {
    pattern = parsePattern(text, { anythingBut: ["prefix"] });
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw invalidParameter(`${prefix}FilterPolicy: ${error.message}`);
  }
  if (scope === "MessageAttributes" && nested(JSON.parse(text)))
    throw invalidParameter("Filter policy scope MessageAttributes does not support nested filter policy");
  const keys = new Set(pattern.alternatives.flatMap((fields) => fields.map((field) => field.path)));
  if (keys.size > MOST_KEYS)
    throw invalidParameter(`${prefix}FilterPolicy: Filter policy can not have more than 5 keys`);
  if (combinations(pattern) > MOST_COMBINATIONS)
    throw invalidParameter(`${prefix}FilterPolicy: Filter policy is too complex`);
}

/** AWS's parser keeps the text to itself here. */
function withoutSource(message: string): string {
  return message.replace(
    /\[Source: \(String\)".*"(?:\[truncated \d+ chars\])?; line/s,
    "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line",
  );
}

/** As AWS reports JSON that is none in other attributes. */
export function jsonReason(text: string): string | undefined {
  const fault = jsonFault(text);
  return fault === undefined ? undefined : `failed to parse JSON. ${withoutSource(fault.message)}`;
}

/** `{}` takes a filter away. */
export function isEmpty(text: string): boolean {
  return /^\s*(?:\{\s*\})?\s*$/.test(text);
}

function nested(policy: unknown): boolean {
  if (typeof policy !== "object" || policy === null) return false;
  return Object.entries(policy).some(([name, value]) =>
    name === "$or" && Array.isArray(value) ? value.some(nested) : isObject(value),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key counts once for each level it stands at. */
function combinations({ alternatives }: Pattern): number {
  return alternatives.reduce(
    (sum, fields) =>
      sum + fields.reduce((product, { path, matchers }) => product * matchers.length * path.split(".").length, 1),
    0,
  );
}

/** Whether a message passes a subscription's filter. */
export function passes(attributes: Readonly<Record<string, string>>, message: Message): boolean {
  const policy = attributes["FilterPolicy"];
  if (policy === undefined || isEmpty(policy)) return true;
  if (attributes["FilterPolicyScope"] === "MessageBody") {
    const body = bodyOf(message.message);
    return body !== undefined && matches(storedPattern(policy), flatten(body));
  }
  // Binary values cannot be compared: they are passed over.
  const values = Object.entries(message.attributes).flatMap(([name, attribute]) =>
    attribute.binary === true ? [] : [[name, comparable(attribute)]],
  );
  return matches(storedPattern(policy), flatten(Object.fromEntries(values)));
}

function bodyOf(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function comparable({ type, value }: MessageAttribute): unknown {
  if (type === "Number" || type.startsWith("Number.")) return Number(value);
  if (type !== "String.Array") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
