// Writes typed values as XML: a writer compiled per shape, strings only.
import type { ListShape, MapShape, Member, ServiceModel, Shape, StructureShape } from "../models/model.ts";
import { isOutputHead } from "./rest-bindings.ts";
import { namedShape, oncePerModel, shapeOf } from "./schema.ts";
import { formatText } from "./text-values.ts";

/** Writes a value under an element name. */
type Write = (name: string, value: unknown) => string;
type Bag = Readonly<Record<string, unknown>>;
type MemberWriter = { readonly name: string; readonly wire: string; readonly write: Write };

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const special = /[&<>"'\u0000-\u0008\u000B-\u001F\u0085\u2028]/;
const specials = /[&<>"'\u0000-\u0008\u000B-\u001F\u0085\u2028]/g;
const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

export const escapeXml = (text: string): string =>
  special.test(text)
    ? text.replaceAll(
        specials,
        (character) => named[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
      )
    : text;

export const xmlElement = (name: string, content: string, attributes = ""): string =>
  content === "" ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;

/** S3 always writes milliseconds. */
const s3Time = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const writeSimple =
  (member: Member, always: boolean): Write =>
  (name, value) =>
    `<${name}>${escapeXml(formatText(always && member.timestampFormat === undefined ? s3Time(value) : value, member, "date-time"))}</${name}>`;

const writeList = (shape: ListShape, write: Write, isFlat: boolean): Write => {
  const item = shape.member.xmlName ?? "member";
  return (name, value) => {
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    const all = items.map((held) => (held == null ? "" : write(isFlat ? name : item, held))).join("");
    return isFlat ? all : xmlElement(name, all);
  };
};

const writeMap = (shape: MapShape, writers: { readonly key: Write; readonly value: Write }, isFlat: boolean): Write => {
  const keyName = shape.key.xmlName ?? "key";
  const valueName = shape.value.xmlName ?? "value";
  return (name, value) => {
    const entries = Object.entries((value ?? {}) as Bag).map(([key, held]) => {
      const inner = held == null ? "" : writers.key(keyName, key) + writers.value(valueName, held);
      return inner === "" ? "" : xmlElement(isFlat ? name : "entry", inner);
    });
    return isFlat ? entries.join("") : xmlElement(name, entries.join(""));
  };
};

type StructureParts = { readonly elements: readonly MemberWriter[]; readonly attributes: readonly MemberWriter[] };

const elementsOf = (parts: StructureParts, bag: Bag): string => {
  let text = "";
  for (const { name, wire, write } of parts.elements) {
    const held = bag[name];
    if (held != null) text += write(wire, held);
  }
  return text;
};

const namespaceOf = ({
  xmlNamespace,
  xmlNamespacePrefix,
}: {
  readonly xmlNamespace?: string;
  readonly xmlNamespacePrefix?: string;
}): string =>
  xmlNamespace === undefined
    ? ""
    : ` xmlns${xmlNamespacePrefix === undefined ? "" : `:${xmlNamespacePrefix}`}="${xmlNamespace}"`;

const writeStructure =
  (parts: StructureParts, namespace: string): Write =>
  (name, value) => {
    const bag = (value ?? {}) as Bag;
    let attributes = namespace;
    for (const { name: member, wire } of parts.attributes) {
      if (bag[member] != null) attributes += ` ${wire}="${escapeXml(formatText(bag[member], {}, "date-time"))}"`;
    }
    return xmlElement(name, elementsOf(parts, bag), attributes);
  };

export type XmlWriters = {
  /** The elements of a structure without an element around them; members bound to the head are left out. */
  readonly content: (shape: string) => (value: Bag) => string;
  readonly member: (member: Member) => Write;
};

const compiler = (model: ServiceModel): XmlWriters => {
  const structures = new Map<string, StructureParts>();
  const bodies = new Map<string, StructureParts>();
  const writers = new Map<string, Write>();
  const always = model.service === "s3";

  const build = (shape: StructureShape, isBody: boolean): StructureParts => {
    const all = Object.entries(shape.members)
      .filter(([, held]) => !isBody || (!isOutputHead(held) && !held.streaming))
      .map(([name, held]) => ({
        name,
        wire: held.xmlName ?? name,
        write: member(held),
        isAttribute: held.xmlAttribute === true,
      }));
    return {
      elements: all.filter(({ isAttribute }) => !isAttribute),
      attributes: all.filter(({ isAttribute }) => isAttribute),
    };
  };
  const parts = (name: string, isBody: boolean): StructureParts => {
    const known = isBody ? bodies : structures;
    const found = known.get(name);
    if (found !== undefined) return found;
    const shape = namedShape(model, name);
    const made = "members" in shape ? build(shape, isBody) : { elements: [], attributes: [] };
    known.set(name, made);
    return made;
  };
  const writer = (shape: Shape, held: Member): Write => {
    switch (shape.type) {
      case "structure":
      case "union":
        return writeStructure(parts(held.target ?? "", false), namespaceOf(held) || namespaceOf(shape));
      case "list":
        return writeList(shape, member(shape.member), held.xmlFlattened === true);
      case "map":
        return writeMap(shape, { key: member(shape.key), value: member(shape.value) }, held.xmlFlattened === true);
      default:
        return writeSimple(held, always);
    }
  };
  /** Shapes refer to each other: a writer is built when it is first used. */
  const member = (held: Member): Write => {
    if (held.target === undefined) return writer(shapeOf(model, held), held);
    const key = `${held.target} ${held.xmlFlattened === true} ${namespaceOf(held)}`;
    const found = writers.get(key);
    if (found !== undefined) return found;
    let write: Write | undefined;
    const lazy: Write = (name, value) => (write ??= writer(shapeOf(model, held), held))(name, value);
    writers.set(key, lazy);
    return lazy;
  };
  return { content: (name) => (value) => elementsOf(parts(name, true), value), member };
};

export const xmlWriters = oncePerModel(compiler);

type Document = { readonly name: string; readonly target: string; readonly declaration?: boolean };

/** A shape as a whole document, in the service's namespace. */
export const xmlDocument = (
  model: ServiceModel,
  { name, target, declaration = true }: Document,
  value: unknown,
): string => {
  const held: Member = model.xmlNamespace === undefined ? { target } : { target, xmlNamespace: model.xmlNamespace };
  return (declaration ? xmlDeclaration : "") + xmlWriters(model).member(held)(name, value);
};
