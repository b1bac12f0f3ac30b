// Attribute values as requests carry them: exactly one datatype, within AWS's limits, measured on the way.

import { invalidParameter, validation, worded } from "../errors.ts";
import { normalNumber, numberSize } from "./decimal.ts";

export type AttributeValue = {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly Uint8Array[] | undefined;
  readonly M?: Item | undefined;
  readonly L?: readonly AttributeValue[] | undefined;
  readonly NULL?: boolean | undefined;
  readonly BOOL?: boolean | undefined;
};
export type Item = { readonly [name: string]: AttributeValue };
export type ValueType = "S" | "N" | "B" | "SS" | "NS" | "BS" | "M" | "L" | "NULL" | "BOOL";

/** Bytes counted so far. */
export type Measure = { bytes: number };

const MAX_DEPTH = 32;

/** The datatype of a checked value. */
export function typeOf(value: AttributeValue): ValueType {
  for (const type in value) if (value[type as ValueType] !== undefined) return type as ValueType;
  return "NULL";
}

/** UTF-8 length; most text is ASCII. */
export function utf8Length(text: string): number {
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  return text.length;
}

/** A request's value in stored form: the same object unless a number has to be rewritten. Adds its size to `measure`. */
export function checkedValue(value: AttributeValue, measure: Measure, depth = 0): AttributeValue {
  let type: ValueType | undefined;
  for (const key in value) {
    if (value[key as ValueType] === undefined) continue;
    if (type !== undefined) throw severalTypes(value);
    type = key as ValueType;
  }
  if (type === undefined)
    throw validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  if (type === "S") {
    measure.bytes += utf8Length(value.S as string);
    return value;
  }
  if (type === "N") {
    const text = value.N as string;
    const normal = normalNumber(text);
    measure.bytes += numberSize(normal);
    return normal === text ? value : { N: normal };
  }
  return checkedOther(value, type, measure, depth);
}

/** Each datatype is looked at before their number is, so an unreadable one is what AWS complains of. */
function severalTypes(value: AttributeValue): Error {
  for (const key in value) {
    const type = key as ValueType;
    if (value[type] !== undefined) checkedValue({ [type]: value[type] } as AttributeValue, { bytes: 0 });
  }
  return validation(
    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
  );
}

function checkedOther(value: AttributeValue, type: ValueType, measure: Measure, depth: number): AttributeValue {
  switch (type) {
    case "B":
      measure.bytes += (value.B as Uint8Array).length;
      return value;
    case "BOOL":
      measure.bytes += 1;
      return value;
    case "NULL":
      measure.bytes += 1;
      if (value.NULL !== true) throw invalidParameter("Null attribute value types must have the value of true");
      return value;
    case "M":
      return checkedMap(value, measure, depth);
    case "L":
      return checkedList(value, measure, depth);
    default:
      return checkedSet(value, type, measure);
  }
}

function checkDepth(depth: number): void {
  if (depth >= MAX_DEPTH) throw nestedTooDeep();
}

export function nestedTooDeep(): Error {
  return validation(
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
  );
}

function checkedMap(value: AttributeValue, measure: Measure, depth: number): AttributeValue {
  checkDepth(depth + 1);
  const map = value.M as Item;
  measure.bytes += 3;
  let changed: Record<string, AttributeValue> | undefined;
  for (const name in map) {
    const member = map[name] as AttributeValue;
    measure.bytes += 1 + utf8Length(name);
    const checked = checkedValue(member, measure, depth + 1);
    if (checked !== member) (changed ??= { ...map })[name] = checked;
  }
  return changed === undefined ? value : { M: changed };
}

function checkedList(value: AttributeValue, measure: Measure, depth: number): AttributeValue {
  checkDepth(depth + 1);
  const list = value.L as readonly AttributeValue[];
  measure.bytes += 3;
  let changed: AttributeValue[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const member = list[index] as AttributeValue;
    measure.bytes += 1;
    const checked = checkedValue(member, measure, depth + 1);
    if (checked !== member) (changed ??= [...list])[index] = checked;
  }
  return changed === undefined ? value : { L: changed };
}

function checkedSet(value: AttributeValue, type: ValueType, measure: Measure): AttributeValue {
  if (type === "SS") {
    const texts = value.SS as readonly string[];
    if (texts.length === 0) throw invalidParameter("An string set  may not be empty");
    for (const text of texts) measure.bytes += utf8Length(text);
    if (new Set(texts).size < texts.length) throw duplicates(texts, "SS");
    return value;
  }
  if (type === "NS") {
    const numbers = value.NS as readonly string[];
    if (numbers.length === 0) throw invalidParameter("An number set  may not be empty");
    const normal = numbers.map(normalNumber);
    for (const number of normal) measure.bytes += numberSize(number);
    if (new Set(normal).size < normal.length)
      throw worded(`${INVALID}Input collection contains duplicates.`, "Input collection contains duplicates");
    return { NS: normal };
  }
  const blobs = value.BS as readonly Uint8Array[];
  if (blobs.length === 0) throw invalidParameter("Binary sets should not be empty");
  const texts = blobs.map((bytes) => Buffer.from(bytes).toString("base64"));
  for (const bytes of blobs) measure.bytes += bytes.length;
  if (new Set(texts).size < texts.length) throw duplicates(texts, "BS");
  return value;
}

const INVALID = "One or more parameter values were invalid: ";

/** The newer layer shows what it read: members in order up to the first that repeats, that one, and the rest as sent. */
function duplicates(members: readonly string[], type: "SS" | "BS"): Error {
  const repeat = members.findIndex((member, index) => members.indexOf(member) < index);
  const bytes = (text: string): Buffer => Buffer.from(text, type === "BS" ? "base64" : "utf8");
  const read = members.slice(0, repeat).toSorted((left, right) => Buffer.compare(bytes(left), bytes(right)));
  const shown = [...read, ...members.slice(repeat)].map((member) => `"${member}"`);
  const rest = `${type === "BS" ? "of type BS" : ""} contains duplicates.`;
  return worded(
    `${INVALID}Input collection [${shown.join(type === "BS" ? "," : ", ")}]${rest}`,
    `${INVALID}Input collection [${members.join(", ")}]${rest}`,
  );
}

/** Checks every attribute of an item or key and measures it; names count too. */
export function checkedItem(item: Item, measure: Measure): Item {
  if (Object.hasOwn(item, "")) throw validation("Empty attribute name");
  let changed: Record<string, AttributeValue> | undefined;
  for (const name in item) {
    const value = item[name] as AttributeValue;
    measure.bytes += utf8Length(name);
    const checked = checkedValue(value, measure);
    if (checked !== value) (changed ??= { ...item })[name] = checked;
  }
  return changed ?? item;
}
