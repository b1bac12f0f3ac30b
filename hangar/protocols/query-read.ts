// Reads a tree of dotted form names as a shape: awsQuery and ec2Query.
import { AwsError } from "../kernel/aws-error.ts";
import type { ListShape, MapShape, Member, ServiceModel, Shape, SimpleType, StructureShape } from "../models/model.ts";
import type { FormNode } from "./form.ts";
import { namedShape, oncePerModel, shapeOf } from "./schema.ts";
import { parseText } from "./text-values.ts";

type ReadNode = (node: FormNode) => unknown;
export type QueryFlavour = "aws" | "ec2";

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const wireName = (name: string, member: Member, flavour: QueryFlavour): string =>
  flavour === "aws" ? (member.xmlName ?? name) : (member.ec2QueryName ?? capitalised(member.xmlName ?? name));

const readSimple =
  (type: SimpleType): ReadNode =>
  (node) => {
    const value = parseText(type, node.value ?? "");
    if (value === undefined) throw new AwsError("MalformedInput", `Invalid value for ${type}: ${node.value ?? ""}`);
    return value;
  };

const readStructure =
  (members: readonly { readonly name: string; readonly wire: string; readonly read: ReadNode }[]): ReadNode =>
  (node) => {
    const value: Record<string, unknown> = {};
    for (const { name, wire, read } of members) {
      const child = node.children.get(wire) ?? node.children.get(name);
      if (child !== undefined) value[name] = read(child);
    }
    return value;
  };

const numeric = /^\d+$/;

/** Items by their number, whatever order or gaps they came in. */
const numbered = (node: FormNode | undefined): FormNode[] =>
  [...(node?.children ?? [])]
    .filter(([key]) => numeric.test(key))
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => child);

/** Some SDKs write `.member.1` where the model names the item, and the other way round. */
const itemsOf = (node: FormNode, itemName: string, isFlat: boolean): FormNode[] => {
  if (isFlat) return numbered(node);
  for (const name of [itemName, "member"]) {
    const items = numbered(node.children.get(name));
    if (items.length > 0) return items;
  }
  return numbered(node);
};

const readList = (shape: ListShape, item: ReadNode, isFlat: boolean): ReadNode => {
  const itemName = shape.member.xmlName ?? "member";
  return (node) => itemsOf(node, itemName, isFlat).map((child) => item(child));
};

const readMap = (shape: MapShape, value: ReadNode, isFlat: boolean): ReadNode => {
  const keyName = shape.key.xmlName ?? "key";
  const valueName = shape.value.xmlName ?? "value";
  return (node) =>
    Object.fromEntries(
      numbered(isFlat ? node : node.children.get("entry")).flatMap((entry) => {
        const key = entry.children.get(keyName)?.value;
        const held = entry.children.get(valueName) ?? { value: "", children: new Map<string, FormNode>() };
        return key === undefined ? [] : [[key, value(held)] as const];
      }),
    );
};

const compiler = (model: ServiceModel, flavour: QueryFlavour): ((shape: string) => ReadNode) => {
  const readers = new Map<string, ReadNode>();
  const build = (shape: Shape, isFlat: boolean): ReadNode => {
    switch (shape.type) {
      case "structure":
      case "union":
        return readStructure(membersOf(shape));
      case "list":
        return readList(shape, member(shape.member), isFlat || flavour === "ec2");
      case "map":
        return readMap(shape, member(shape.value), isFlat || flavour === "ec2");
      default:
        return readSimple(shape.type);
    }
  };
  const membersOf = (shape: StructureShape): { name: string; wire: string; read: ReadNode }[] =>
    Object.entries(shape.members).map(([name, held]) => ({
      name,
      wire: wireName(name, held, flavour),
      read: member(held),
    }));
  const lazily = (key: string, make: () => ReadNode): ReadNode => {
    const found = readers.get(key);
    if (found !== undefined) return found;
    let read: ReadNode | undefined;
    const lazy: ReadNode = (node) => (read ??= make())(node);
    readers.set(key, lazy);
    return lazy;
  };
  const member = (held: Member): ReadNode => {
    const isFlat = held.xmlFlattened === true;
    return held.target === undefined
      ? build(shapeOf(model, held), isFlat)
      : lazily(`${held.target} ${isFlat}`, () => build(shapeOf(model, held), isFlat));
  };
  return (name) => lazily(name, () => build(namedShape(model, name), false));
};

const aws = oncePerModel((model) => compiler(model, "aws"));
const ec2 = oncePerModel((model) => compiler(model, "ec2"));

export const queryReaders = (model: ServiceModel, flavour: QueryFlavour): ((shape: string) => ReadNode) =>
  flavour === "ec2" ? ec2(model) : aws(model);
