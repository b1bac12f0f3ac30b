// Reads a parsed XML element as a shape.
import type { ListShape, MapShape, Member, ServiceModel, Shape, SimpleType, StructureShape } from "../models/model.ts";
import { isInputHead } from "./rest-bindings.ts";
import { namedShape, oncePerModel, shapeOf } from "./schema.ts";
import { parseText } from "./text-values.ts";
import { parseDateTime } from "./timestamps.ts";
import { malformedXml, type XmlElement } from "./xml-parse.ts";

type ReadElement = (element: XmlElement) => unknown;
type MemberReader = {
  readonly name: string;
  readonly isFlat: boolean;
  readonly isMap: boolean;
  readonly read: ReadElement;
};
type StructureParts = {
  readonly elements: ReadonlyMap<string, MemberReader>;
  readonly attributes: ReadonlyMap<string, string>;
};

const readSimple =
  (type: SimpleType, format: Member["timestampFormat"] = "date-time"): ReadElement =>
  (element) => {
    const isDateTime = type === "timestamp" && format === "date-time";
    const value = isDateTime ? parseDateTime(element.text) : parseText(type, element.text);
    if (value === undefined || element.children.length > 0) throw malformedXml();
    return value;
  };

/** S3 reads by its schema: what is not in it, or there twice, is malformed. */
const readStructure =
  (parts: StructureParts, isStrict: boolean): ReadElement =>
  (element) => {
    const value: Record<string, unknown> = {};
    for (const [wire, name] of parts.attributes) {
      const held = element.attributes[wire];
      if (held !== undefined) value[name] = held;
    }
    for (const child of element.children) {
      const member = parts.elements.get(child.name);
      if (isStrict && (member === undefined || (!member.isFlat && value[member.name] !== undefined)))
        throw malformedXml();
      if (member === undefined) continue;
      const read = member.read(child);
      if (!member.isFlat) value[member.name] = read;
      else if (member.isMap)
        value[member.name] = { ...(value[member.name] as object | undefined), ...(read as object) };
      else ((value[member.name] ??= []) as unknown[]).push(read);
    }
    return value;
  };

const readEntry = (shape: MapShape, value: ReadElement, entry: XmlElement): readonly [string, unknown] => {
  const find = (name: string): XmlElement | undefined => entry.children.find((child) => child.name === name);
  const key = find(shape.key.xmlName ?? "key");
  const held = find(shape.value.xmlName ?? "value");
  if (key === undefined || held === undefined) throw malformedXml();
  return [key.text, value(held)];
};

const readMap =
  (shape: MapShape, value: ReadElement, isFlat: boolean): ReadElement =>
  (element) =>
    Object.fromEntries((isFlat ? [element] : element.children).map((entry) => readEntry(shape, value, entry)));

/** Any child of a list is an item: what it is called is checked by no AWS service we know. */
const readList =
  (_shape: ListShape, item: ReadElement, isFlat: boolean): ReadElement =>
  (element) =>
    isFlat ? item(element) : element.children.map((child) => item(child));

export type XmlReaders = {
  readonly body: (shape: string) => ReadElement;
  readonly member: (member: Member) => ReadElement;
};

const compiler = (model: ServiceModel): XmlReaders => {
  const readers = new Map<string, ReadElement>();

  const partsOf = (shape: StructureShape, isBody: boolean): StructureParts => {
    const elements = new Map<string, MemberReader>();
    const attributes = new Map<string, string>();
    for (const [name, held] of Object.entries(shape.members)) {
      if (isBody && isInputHead(held)) continue;
      const wire = held.xmlName ?? name;
      if (held.xmlAttribute) attributes.set(wire, name);
      else
        elements.set(wire, {
          name,
          isFlat: held.xmlFlattened === true,
          isMap: shapeOf(model, held).type === "map",
          read: member(held),
        });
    }
    return { elements, attributes };
  };
  const build = (shape: Shape, isFlat: boolean, isBody: boolean): ReadElement => {
    switch (shape.type) {
      case "structure":
      case "union":
        return readStructure(partsOf(shape, isBody), model.service === "s3");
      case "list":
        return readList(shape, member(shape.member), isFlat);
      case "map":
        return readMap(shape, member(shape.value), isFlat);
      default:
        return readSimple(shape.type);
    }
  };
  const lazily = (key: string, make: () => ReadElement): ReadElement => {
    const found = readers.get(key);
    if (found !== undefined) return found;
    let read: ReadElement | undefined;
    const lazy: ReadElement = (element) => (read ??= make())(element);
    readers.set(key, lazy);
    return lazy;
  };
  const member = (held: Member): ReadElement =>
    held.target === undefined
      ? readSimple(held.type ?? "document", held.timestampFormat)
      : lazily(`${held.target} ${held.xmlFlattened === true}`, () =>
          build(shapeOf(model, held), held.xmlFlattened === true, false),
        );
  return { body: (name) => lazily(`body ${name}`, () => build(namedShape(model, name), false, true)), member };
};

export const xmlReaders = oncePerModel(compiler);
