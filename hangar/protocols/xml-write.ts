// Writes typed values as XML: a writer compiled per shape, strings only.
import type { ListShape, MapShape, Member, ServiceModel, Shape, StructureShape } from "../models/model.ts";
import { isOutputHead } from "./rest-bindings.ts";
import { namedShape, oncePerModel, shapeOf } from "./schema.ts";
import { formatText } from "./text-values.ts";

/** An element's name as it is opened and closed, written once: a page of a listing has thousands. */
type Tag = { readonly name: string; readonly open: string; readonly close: string };
/** Adds a value, under an element, to the pieces of a document. */
type Write = (tag: Tag, value: unknown, out: string[]) => void;
type Bag = Readonly<Record<string, unknown>>;
type MemberWriter = { readonly name: string; readonly tag: Tag; readonly write: Write };

const tagOf = (name: string): Tag => ({ name, open: `<${name}>`, close: `</${name}>` });

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

/** Opens an element, and answers where its content begins. */
const opened = ({ name, open }: Tag, out: string[], attributes = ""): number =>
  out.push(attributes === "" ? open : `<${name}${attributes}>`);

const close = (
  { name, close }: Tag,
  out: string[],
  { from, attributes = "" }: { from: number; attributes?: string },
) => {
  if (out.length === from) out[from - 1] = `<${name}${attributes}/>`;
  else out.push(close);
};

/** S3 always writes milliseconds. */
const s3Time = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const writeSimple =
  (member: Member, always: boolean): Write =>
  (tag, value, out) => {
    const held = always && member.timestampFormat === undefined ? s3Time(value) : value;
    out.push(tag.open, escapeXml(formatText(held, member, "date-time")), tag.close);
  };

const writeList = (shape: ListShape, write: Write, isFlat: boolean): Write => {
  const item = tagOf(shape.member.xmlName ?? "member");
  return (tag, value, out) => {
    const from = isFlat ? 0 : opened(tag, out);
    if (Array.isArray(value)) for (const held of value) if (held != null) write(isFlat ? tag : item, held, out);
    if (!isFlat) close(tag, out, { from });
  };
};

const writeMap = (shape: MapShape, writers: { readonly key: Write; readonly value: Write }, isFlat: boolean): Write => {
  const keyTag = tagOf(shape.key.xmlName ?? "key");
  const valueTag = tagOf(shape.value.xmlName ?? "value");
  const entryTag = tagOf("entry");
  return (tag, value, out) => {
    const from = isFlat ? 0 : opened(tag, out);
    for (const [key, held] of Object.entries((value ?? {}) as Bag)) {
      if (held == null) continue;
      const entry = isFlat ? tag : entryTag;
      out.push(entry.open);
      writers.key(keyTag, key, out);
      writers.value(valueTag, held, out);
      out.push(entry.close);
    }
    if (!isFlat) close(tag, out, { from });
  };
};

type StructureParts = { readonly elements: readonly MemberWriter[]; readonly attributes: readonly MemberWriter[] };

const writeElements = (parts: StructureParts, bag: Bag, out: string[]): void => {
  for (const { name, tag, write } of parts.elements) {
    const held = bag[name];
    if (held != null) write(tag, held, out);
  }
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
  (tag, value, out) => {
    const bag = (value ?? {}) as Bag;
    let attributes = namespace;
    for (const { name: member, tag: attribute } of parts.attributes) {
      const held = bag[member];
      if (held != null) attributes += ` ${attribute.name}="${escapeXml(formatText(held, {}, "date-time"))}"`;
    }
    const from = opened(tag, out, attributes);
    writeElements(parts, bag, out);
    close(tag, out, { from, attributes });
  };

export type XmlWriters = {
  /** The elements of a structure without an element around them; members bound to the head are left out. */
  readonly content: (shape: string) => (value: Bag) => string;
  readonly element: (member: Member, name: string) => (value: unknown) => string;
};

/** Joined once: text that is put together piece by piece is a tree of strings, which the collector has to walk. */
const textOf = (write: (out: string[]) => void): string => {
  const out: string[] = [];
  write(out);
  return out.join("");
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
        tag: tagOf(held.xmlName ?? name),
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
    const lazy: Write = (tag, value, out) => (write ??= writer(shapeOf(model, held), held))(tag, value, out);
    writers.set(key, lazy);
    return lazy;
  };
  return {
    content: (name) => (value) => textOf((out) => writeElements(parts(name, true), value, out)),
    element: (held, name) => (value) => textOf((out) => member(held)(tagOf(name), value, out)),
  };
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
  return (declaration ? xmlDeclaration : "") + xmlWriters(model).element(held, name)(value);
};
