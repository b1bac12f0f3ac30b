// Turns typed values into what JSON.stringify may write: compiled per shape, copying only what has to change.
import type { ListShape, MapShape, Member, ServiceModel, Shape, SimpleShape, StructureShape } from "../models/model.ts";
import { base64, isBytes } from "./blob-text.ts";
import type { JsonFlavour } from "./json-read.ts";
import { isOutputHead } from "./rest-bindings.ts";
import { namedShape, oncePerModel, shapeOf } from "./schema.ts";
import { epochSeconds, formatTimestamp } from "./timestamps.ts";

export type Prepare = (value: unknown) => unknown;
type Bag = Readonly<Record<string, unknown>>;
type MemberWriter = { readonly wire: string; readonly prepare: Prepare };

const same: Prepare = (value) => value;

const prepareSimple = (shape: SimpleShape, member: Member): Prepare => {
  switch (shape.type) {
    case "blob":
      return (value) => (isBytes(value) ? base64(value) : value);
    case "timestamp": {
      const format = member.timestampFormat ?? "epoch-seconds";
      if (format === "epoch-seconds") return (value) => (value instanceof Date ? epochSeconds(value) : value);
      return (value) => (value instanceof Date ? formatTimestamp(value, format) : value);
    }
    case "float":
    case "double":
      return (value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);
    case "bigInteger":
      return (value) => (typeof value === "bigint" ? Number(value) : value);
    case "string":
    case "boolean":
    case "integer":
    case "long":
    case "bigDecimal":
    case "document":
      return same;
    default:
      return same;
  }
};

/** The members before the first that changes, as they are. */
const upTo = (bag: Bag, last: string): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(bag)) {
    if (key === last) break;
    if (bag[key] !== undefined) copy[key] = bag[key];
  }
  return copy;
};

/** Rows a service hands out may carry more than the shape has: that never reaches the wire. */
const prepareStructure =
  (members: Readonly<Record<string, MemberWriter>>, dropsUndefined: boolean): Prepare =>
  (value) => {
    if (typeof value !== "object" || value === null) return value;
    const bag = value as Bag;
    let copy: Record<string, unknown> | undefined;
    for (const key in bag) {
      const held = bag[key];
      if (held === undefined) {
        // JSON.stringify leaves these out by itself.
        if (dropsUndefined) copy ??= upTo(bag, key);
        continue;
      }
      const member = members[key];
      const item = member === undefined || held === null ? undefined : member.prepare(held);
      if (copy === undefined) {
        if (item === held && member?.wire === key) continue;
        copy = upTo(bag, key);
      }
      if (item !== undefined && member !== undefined) copy[member.wire] = item;
    }
    return copy ?? value;
  };

const prepareList =
  (_shape: ListShape, prepare: Prepare): Prepare =>
  (value) => {
    if (!Array.isArray(value)) return value;
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const old: unknown = value[index];
      const item = old == null ? null : prepare(old);
      if (item !== old && copy === undefined) copy = [...(value as unknown[])];
      if (copy !== undefined) copy[index] = item;
    }
    return copy ?? value;
  };

const prepareMap =
  (shape: MapShape, prepare: Prepare): Prepare =>
  (value) => {
    if (typeof value !== "object" || value === null) return value;
    const bag = value as Bag;
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(bag)) {
      const old = bag[key];
      const item = old === null && !shape.sparse ? undefined : old == null ? old : prepare(old);
      if (item !== old) {
        copy ??= { ...bag };
        copy[key] = item;
      }
    }
    return copy ?? value;
  };

export type JsonWriters = { readonly body: (shape: string) => Prepare; readonly value: (member: Member) => Prepare };

const compiler = (model: ServiceModel, flavour: JsonFlavour): JsonWriters => {
  const writers = new Map<string, Prepare>();
  const isRest = flavour === "rest";

  const membersOf = (shape: StructureShape, isBody: boolean): Readonly<Record<string, MemberWriter>> => {
    const members = Object.create(null) as Record<string, MemberWriter>;
    for (const [name, member] of Object.entries(shape.members)) {
      if (isBody && isRest && isOutputHead(member)) continue;
      if (isBody && member.streaming) continue;
      members[name] = { wire: (isRest ? member.jsonName : undefined) ?? name, prepare: value(member) };
    }
    return members;
  };
  const build = (shape: Shape, member: Member, isBody: boolean): Prepare => {
    switch (shape.type) {
      case "structure":
      case "union":
        return prepareStructure(membersOf(shape, isBody), flavour === "cbor");
      case "list":
        return prepareList(shape, value(shape.member));
      case "map":
        return prepareMap(shape, value(shape.value));
      default:
        return flavour === "cbor" ? same : prepareSimple(shape, member);
    }
  };
  const named = (name: string, isBody: boolean): Prepare => {
    const key = isBody ? `body:${name}` : name;
    const found = writers.get(key);
    if (found !== undefined) return found;
    let prepare: Prepare | undefined;
    const lazy: Prepare = (input) => (prepare ??= build(namedShape(model, name), {}, isBody))(input);
    writers.set(key, lazy);
    return lazy;
  };
  const value = (member: Member): Prepare =>
    member.target === undefined ? build(shapeOf(model, member), member, false) : named(member.target, false);
  return { body: (name) => named(name, true), value };
};

const compilers = {
  rpc: oncePerModel((model) => compiler(model, "rpc")),
  rest: oncePerModel((model) => compiler(model, "rest")),
  cbor: oncePerModel((model) => compiler(model, "cbor")),
};

export const jsonWriters = (model: ServiceModel, flavour: JsonFlavour): JsonWriters => compilers[flavour](model);
