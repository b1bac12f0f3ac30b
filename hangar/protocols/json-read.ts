// Reads parsed JSON as a shape: a reader compiled per shape, which checks types and changes the parsed value in place.
import type { ListShape, MapShape, Member, ServiceModel, Shape, SimpleType, StructureShape } from "../models/model.ts";
import { blobFromBase64, isBytes } from "./blob-text.ts";
import { jsonMismatch, serialisationError } from "./json-mismatch.ts";
import { isInputHead } from "./rest-bindings.ts";
import { namedShape, oncePerModel, shapeOf } from "./schema.ts";
import { parseTimestamp } from "./timestamps.ts";

export type Read = (value: unknown) => unknown;
type Bag = Record<string, unknown>;
type MemberReader = { readonly name: string; readonly read: Read };
/** REST bodies rename members (`jsonName`) and leave out those bound to the head; CBOR has bytes and moments of its own. */
export type JsonFlavour = "rpc" | "rest" | "cbor";

const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null && !Array.isArray(value);

const notNumbers: ReadonlySet<unknown> = new Set(["NaN", "Infinity", "-Infinity"]);

const simpleReaders: Readonly<Record<SimpleType, (value: unknown) => unknown>> = {
  string: (value) => (typeof value === "string" ? value : undefined),
  boolean: (value) => (typeof value === "boolean" ? value : undefined),
  integer: (value) => (typeof value === "number" ? Math.trunc(value) : undefined),
  long: (value) => (typeof value === "number" ? Math.trunc(value) : undefined),
  float: (value) => (typeof value === "number" ? value : notNumbers.has(value) ? Number(value) : undefined),
  double: (value) => (typeof value === "number" ? value : notNumbers.has(value) ? Number(value) : undefined),
  bigInteger: (value) => (typeof value === "number" ? BigInt(Math.trunc(value)) : undefined),
  bigDecimal: (value) => (typeof value === "number" ? String(value) : typeof value === "string" ? value : undefined),
  blob: (value) => (typeof value === "string" ? blobFromBase64(value) : undefined),
  timestamp: (value) => (typeof value === "number" || typeof value === "string" ? parseTimestamp(value) : undefined),
  document: (value) => value,
};

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" ? Math.trunc(value) : typeof value === "bigint" ? Number(value) : undefined;

const cborReaders: typeof simpleReaders = {
  ...simpleReaders,
  integer: wholeNumber,
  long: wholeNumber,
  blob: (value) => (isBytes(value) ? new Uint8Array(value) : undefined),
  timestamp: (value) => (value instanceof Date ? value : typeof value === "number" ? parseTimestamp(value) : undefined),
};

const readSimple = (type: SimpleType, flavour: JsonFlavour): Read => {
  const reader = (flavour === "cbor" ? cborReaders : simpleReaders)[type];
  return (value) => {
    const read = reader(value);
    if (read === undefined) throw jsonMismatch(value, { type });
    return read;
  };
};

/** Copies what the shape knows: only for values with unknown, null or renamed members. */
const known = (value: Bag, members: Readonly<Record<string, MemberReader>>): Bag => {
  const copy: Bag = {};
  for (const key of Object.keys(value)) {
    const member = members[key];
    if (member !== undefined && value[key] != null) copy[member.name] = value[key];
  }
  return copy;
};

/** Structures, lists and maps that the value being read stands in. One body is read at a time, and whatever was thrown by the one before is forgotten at its start. */
let depth = 0;
/** Far above what any service takes, far below what a stack holds. */
const MAX_DEPTH = 1500;

const tooDeep = (): Error => serialisationError("Nesting is too deep");

const readStructure =
  (shape: StructureShape, members: Readonly<Record<string, MemberReader>>): Read =>
  (value) => {
    if (!isBag(value)) throw jsonMismatch(value, shape);
    if ((depth += 1) > MAX_DEPTH) throw tooDeep();
    let strange = false;
    for (const key in value) {
      const member = members[key];
      const old = value[key];
      if (member === undefined || old == null) {
        strange = true;
        continue;
      }
      if (member.name !== key) strange = true;
      const read = member.read(old);
      if (read !== old) value[key] = read;
    }
    depth -= 1;
    return strange ? known(value, members) : value;
  };

const readList =
  (shape: ListShape, read: Read): Read =>
  (value) => {
    if (!Array.isArray(value)) throw jsonMismatch(value, shape);
    if ((depth += 1) > MAX_DEPTH) throw tooDeep();
    let hasNull = false;
    for (let index = 0; index < value.length; index += 1) {
      const old: unknown = value[index];
      if (old === null) hasNull = true;
      else {
        const item = read(old);
        if (item !== old) value[index] = item;
      }
    }
    depth -= 1;
    return hasNull && !shape.sparse ? value.filter((item) => item !== null) : value;
  };

const readMap =
  (shape: MapShape, read: Read): Read =>
  (value) => {
    if (!isBag(value)) throw jsonMismatch(value, shape);
    if ((depth += 1) > MAX_DEPTH) throw tooDeep();
    for (const key in value) {
      const old = value[key];
      if (old === null) {
        if (!shape.sparse) delete value[key];
        continue;
      }
      const item = read(old);
      if (item !== old) value[key] = item;
    }
    depth -= 1;
    return value;
  };

/** The start of a body. Attribute values and others nest in themselves, deeper than any stack if a caller likes. */
const whole =
  (read: Read): Read =>
  (value) => {
    depth = 0;
    return read(value);
  };

export type JsonReaders = { readonly body: (shape: string) => Read; readonly payload: (member: Member) => Read };

const compiler = (model: ServiceModel, flavour: JsonFlavour): JsonReaders => {
  const readers = new Map<string, Read>();
  const isRest = flavour === "rest";

  const membersOf = (shape: StructureShape, isBody: boolean): Readonly<Record<string, MemberReader>> => {
    const members = Object.create(null) as Record<string, MemberReader>;
    for (const [name, member] of Object.entries(shape.members)) {
      if (isBody && isRest && isInputHead(member)) continue;
      members[(isRest ? member.jsonName : undefined) ?? name] = { name, read: value(member) };
    }
    return members;
  };
  const build = (shape: Shape, isBody: boolean): Read => {
    switch (shape.type) {
      case "structure":
      case "union":
        return readStructure(shape, membersOf(shape, isBody));
      case "list":
        return readList(shape, value(shape.member));
      case "map":
        return readMap(shape, value(shape.value));
      default:
        return readSimple(shape.type, flavour);
    }
  };
  /** Compiled at the first use: shapes refer to each other, and most are never met. */
  const named = (name: string, isBody: boolean): Read => {
    const key = isBody ? `body:${name}` : name;
    const found = readers.get(key);
    if (found !== undefined) return found;
    let read: Read | undefined;
    const lazy: Read = (input) => (read ??= build(namedShape(model, name), isBody))(input);
    readers.set(key, lazy);
    return lazy;
  };
  const value = (member: Member): Read =>
    member.target === undefined ? build(shapeOf(model, member), false) : named(member.target, false);
  return { body: (name) => whole(named(name, true)), payload: (member) => whole(value(member)) };
};

const compilers = {
  rpc: oncePerModel((model) => compiler(model, "rpc")),
  rest: oncePerModel((model) => compiler(model, "rest")),
  cbor: oncePerModel((model) => compiler(model, "cbor")),
};

export const jsonReaders = (model: ServiceModel, flavour: JsonFlavour): JsonReaders => compilers[flavour](model);
