// What the trace keeps of a call's input: all of it, but long bodies by their size and secrets not at all.

import { MARKED_SECRET, NAMED_SECRET } from "../kernel/secret-names.ts";
import { sizeOf } from "../kernel/size-of.ts";
import { withoutPassword } from "../kernel/without-password.ts";
import type { Member, ServiceModel } from "../models/model.ts";

const RECORDED = 64 * 1024;
const BEGINNING = 1024;
const SECRET = "(secret)";

export function recordedInput(
  model: ServiceModel,
  operation: string,
  input: Record<string, unknown>,
): Record<string, unknown> {
  const shape = model.operations[operation]?.input;
  const shown = shape !== undefined && hasSecrets(model, shape) ? (hidden(model, shape, input) as typeof input) : input;
  let copy: Record<string, unknown> | undefined;
  for (const name in shown) {
    const short = shortened(shown[name]);
    if (short === undefined) continue;
    copy ??= { ...shown };
    copy[name] = short;
  }
  const kept = copy ?? shown;
  return sizeOf(kept) > RECORDED ? (abridged(kept, { left: RECORDED }) as typeof kept) : kept;
}

/** Many texts that are not long by themselves: the beginning of each, and of lists as many as there is room for. */
function abridged(value: unknown, room: { left: number }): unknown {
  if (typeof value === "string" && value.length > BEGINNING) return take(beginning(value), room);
  if (value instanceof Uint8Array && value.length > BEGINNING) return take(`(${value.length} bytes)`, room);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || value instanceof Date)
    return take(value, room);
  const entries = Object.entries(value);
  const some: [string, unknown][] = [];
  for (const [name, each] of entries) {
    if (room.left <= 0) break;
    room.left -= name.length;
    some.push([name, abridged(each, room)]);
  }
  const more = entries.length - some.length;
  if (Array.isArray(value)) return [...some.map(([, each]) => each), ...(more > 0 ? [`… (${more} more)`] : [])];
  return { ...Object.fromEntries(some), ...(more > 0 ? { "…": `(${more} more)` } : {}) };
}

function take(value: unknown, room: { left: number }): unknown {
  room.left -= sizeOf(value);
  return value;
}

function shortened(value: unknown): string | undefined {
  if (typeof value === "string") {
    if (value.length > RECORDED) return shortText(value);
    const shown = withoutPassword(value);
    return shown === value ? undefined : shown;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Uint8Array) return value.length > RECORDED ? `(${value.length} bytes)` : undefined;
  return Symbol.asyncIterator in value ? "(a stream)" : undefined;
}

/** The beginning of a text that is too long to keep thousands of. */
export function shortText(text: string): string {
  return text.length > RECORDED ? beginning(text) : text;
}

function beginning(text: string): string {
  return `${text.slice(0, BEGINNING)}… (${text.length} characters)`;
}

/** A stack's parameter: which ones are NoEcho only its template says. */
function isSecret(name: string, member: Member, among: Readonly<Record<string, Member>>): boolean {
  if (name === "ParameterValue" && "ParameterKey" in among) return true;
  return NAMED_SECRET.test(name) || (member.sensitive === true && MARKED_SECRET.test(name));
}

const known = new WeakMap<ServiceModel, Map<string, boolean>>();

function hasSecrets(model: ServiceModel, shape: string): boolean {
  let answers = known.get(model);
  if (answers === undefined) known.set(model, (answers = new Map()));
  let answer = answers.get(shape);
  if (answer === undefined) answers.set(shape, (answer = leadsToSecret(model, shape, new Set())));
  return answer;
}

function leadsToSecret(model: ServiceModel, name: string | undefined, seen: Set<string>): boolean {
  const shape = name === undefined || seen.has(name) ? undefined : model.shapes[name];
  if (name === undefined || shape === undefined) return false;
  seen.add(name);
  if ("members" in shape)
    return Object.entries(shape.members).some(
      ([each, member]) => isSecret(each, member, shape.members) || leadsToSecret(model, member.target, seen),
    );
  if (shape.type === "list") return leadsToSecret(model, shape.member.target, seen);
  return shape.type === "map" && leadsToSecret(model, shape.value.target, seen);
}

/** The value itself where it holds no secret. */
function hidden(model: ServiceModel, name: string | undefined, value: unknown): unknown {
  const shape = name === undefined ? undefined : model.shapes[name];
  if (shape === undefined || typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (shape.type === "list") return (value as unknown[]).map((each) => hidden(model, shape.member.target, each));
  if (shape.type === "map")
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, hidden(model, shape.value.target, each)]),
    );
  if (!("members" in shape)) return value;
  const members = value as Readonly<Record<string, unknown>>;
  let copy: Record<string, unknown> | undefined;
  for (const key in members) {
    const each = members[key];
    const member = shape.members[key];
    if (member === undefined || each === undefined) continue;
    const shown = isSecret(key, member, shape.members) ? secret(each) : hidden(model, member.target, each);
    if (shown === each) continue;
    copy ??= { ...members };
    copy[key] = shown;
  }
  return copy ?? value;
}

/** Of a map (a function's variables) the names are no secret. */
function secret(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || Array.isArray(value)) return SECRET;
  return Object.fromEntries(Object.keys(value).map((name) => [name, SECRET]));
}
