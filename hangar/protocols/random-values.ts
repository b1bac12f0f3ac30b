// Random values of any shape of a model, for the suites that send them through real SDKs.
import type { Member, ServiceModel, Shape } from "../models/model.ts";

type Bag = Record<string, unknown>;
export type Random = () => number;

export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const alphabet = "a b c X Y Z 0 1 9 - _ . / & < > \" ' + % ? = # : ; , * ~ é 漢 😀 \\ { } [ ]"
  .split(" ")
  .concat(" ", "\n", "\t");
const plain = "abcdefXYZ0123456789".split("");

const textOf = (random: Random, letters: readonly string[], least: number): string =>
  Array.from({ length: least + Math.floor(random() * 8) }, () => letters[Math.floor(random() * letters.length)]).join(
    "",
  );

/** Makes values of shapes: deep, odd in their text, and alike for one seed. */
export class Values {
  readonly model: ServiceModel;
  readonly random: Random;

  constructor(model: ServiceModel, random: Random) {
    this.model = model;
    this.random = random;
  }

  shape(member: Member): Shape {
    if (member.target === undefined) return { type: member.type ?? "document" };
    const shape = this.model.shapes[member.target];
    if (shape === undefined) throw new Error(member.target);
    return shape;
  }

  structure(name: string | undefined, depth: number): Bag {
    const shape = name === undefined ? undefined : this.model.shapes[name];
    if (shape === undefined || !("members" in shape)) return {};
    const members = Object.entries(shape.members);
    if (shape.type === "union") {
      const shallow = members.filter(([, member]) => member.target === undefined);
      const from = depth > 4 && shallow.length > 0 ? shallow : members;
      const chosen = from[Math.floor(this.random() * from.length)];
      return chosen === undefined ? {} : { [chosen[0]]: this.member(chosen[1], depth + 1) };
    }
    const value: Bag = {};
    for (const [key, member] of members) {
      // Clients fill in tokens and media types, and send or expect bodies, when they are not given.
      const isAsked =
        member.required ||
        member.idempotencyToken ||
        member.location === "label" ||
        member.location === "payload" ||
        member.location === "statusCode" ||
        ["content-type", "accept"].includes(member.locationName?.toLowerCase() ?? "");
      if (!isAsked && (depth > 4 || this.random() < (depth === 0 ? 0.35 : 0.6))) continue;
      const held = this.member(member, depth + 1);
      if (held !== undefined) value[key] = held;
    }
    return value;
  }

  member(member: Member, depth: number): unknown {
    const shape = this.shape(member);
    const isHead = member.location !== undefined && member.location !== "payload";
    switch (shape.type) {
      case "structure":
      case "union":
        if (member.streaming) return undefined;
        return this.structure(member.target, depth);
      case "list": {
        // An empty flat list leaves nothing in XML.
        const least = isHead || member.xmlFlattened ? 1 : 0;
        const length = depth > 5 ? least : Math.floor(this.random() * 3) + least;
        const inner = isHead ? { ...shape.member, location: member.location } : shape.member;
        return Array.from({ length }, () =>
          shape.sparse && this.random() < 0.3 ? null : this.member(inner as Member, depth + 1),
        );
      }
      case "map": {
        const length = depth > 5 ? 0 : Math.floor(this.random() * 3) + (isHead ? 1 : 0);
        const keys = Array.from({ length }, () => textOf(this.random, plain, 3).toLowerCase());
        return Object.fromEntries(
          keys.map((key) => [
            key,
            this.member(isHead ? ({ ...shape.value, location: member.location } as Member) : shape.value, depth + 1),
          ]),
        );
      }
      default:
        return this.simple(shape.type, member, isHead);
    }
  }

  simple(type: string, member: Member, isHead: boolean): unknown {
    const { random } = this;
    switch (type) {
      case "boolean":
        return random() < 0.5;
      case "integer":
        if (member.location === "statusCode") return 200 + Math.floor(random() * 100);
        return Math.floor(random() * 2_000_000) - 1_000_000;
      case "long":
        return Math.floor(random() * 2 ** 50) - 2 ** 49;
      case "float":
      case "double":
        return Math.fround(Math.floor(random() * 100_000) / 64);
      case "timestamp": {
        const isWhole =
          member.timestampFormat === "http-date" ||
          (isHead && member.location === "header" && member.timestampFormat === undefined);
        return new Date(Math.floor(random() * 2_000_000_000) * 1000 + (isWhole ? 0 : Math.floor(random() * 1000)));
      }
      case "blob":
        return Uint8Array.from({ length: Math.floor(random() * 20) + 1 }, () => Math.floor(random() * 256));
      case "document":
        return { a: [1, "zwei", null, { b: true }] };
      default: {
        const [first] = member.enum ?? [];
        if (member.enum !== undefined && first !== undefined)
          return member.enum[Math.floor(random() * member.enum.length)];
        if (member.mediaType !== undefined) return '{"a":1}';
        if (isHead) return this.headText(member);
        // The SDK's XML reader drops text of white space alone.
        const text = textOf(random, alphabet, 1);
        return random() < 0.1 ? "" : text.trim() === "" ? `${text}x` : text;
      }
    }
  }

  /** Headers are one line of ASCII; labels hold anything but nothing. */
  headText(member: Member): string {
    if (member.location === "label" && !member.hostLabel)
      return `x${textOf(this.random, alphabet, 1).replaceAll(/[\n\t]/g, "")}x`;
    if (member.location === "query" || member.location === "queryParams") return textOf(this.random, alphabet, 1);
    return textOf(this.random, [...plain, "-", "_"], 3);
  }
}

/** A form has no way to write an empty structure or list: they are not there. */
export const pruned = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) {
    const items = value.map(pruned).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  const entries = Object.entries(value).flatMap(([key, held]) => {
    const kept = pruned(held);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

export const speaksForms = (model: ServiceModel): boolean =>
  model.protocols[0] === "awsQuery" || model.protocols[0] === "ec2Query";
