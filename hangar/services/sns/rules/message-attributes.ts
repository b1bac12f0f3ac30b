// Message attributes: what SNS takes, how large they are, and how they travel on.

import { invalidParameterValue } from "../errors.ts";
import type { MessageAttribute } from "../store.ts";

export type GivenAttribute = {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
};
export type GivenAttributes = Readonly<Record<string, GivenAttribute>>;

const TYPE = /^(String|Number|Binary)(?:\.|$)/;
const LONGEST = 256;

export function checkMessageAttributes(attributes: GivenAttributes): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    checkName(name);
    checkValue(name, attribute);
  }
}

function checkName(name: string): void {
  if (Buffer.byteLength(name) > LONGEST)
    throw invalidParameterValue("Length of message attribute name must be less than 256 bytes.");
  const bad = /[^\w.-]/.exec(name)?.[0];
  if (bad !== undefined) {
    const code = bad.charCodeAt(0).toString(16).toUpperCase();
    throw invalidParameterValue(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.startsWith("."))
    throw invalidParameterValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith("."))
    throw invalidParameterValue("Invalid message attribute name ending with character '.' was found.");
  if (name.includes("..")) throw invalidParameterValue("Message attribute name can not have successive '.' character.");
}

function checkValue(name: string, { DataType: type, StringValue: text, BinaryValue: bytes }: GivenAttribute): void {
  const kind = TYPE.exec(type)?.[1];
  if (kind === undefined) {
    throw invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const [own, other] = kind === "Binary" ? [bytes, text] : [text, bytes];
  if (own === undefined && other !== undefined) {
    const field = kind === "Binary" ? "Binary" : "String";
    throw invalidParameterValue(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  }
  if (own === undefined || own.length === 0) {
    throw invalidParameterValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  if (kind === "Number" && !Number.isFinite(Number(text)))
    throw invalidParameterValue(`Could not cast message attribute '${name}' value to number.`);
}

export function sizeOfAttributes(attributes: GivenAttributes | undefined): number {
  let size = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes ?? {}))
    size +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue ?? ""));
  return size;
}

export function keptAttributes(attributes: GivenAttributes | undefined): Readonly<Record<string, MessageAttribute>> {
  return Object.fromEntries(
    Object.entries(attributes ?? {}).map(([name, { DataType: type, StringValue, BinaryValue }]) => [
      name,
      BinaryValue === undefined
        ? { type, value: StringValue ?? "" }
        : { type, value: Buffer.from(BinaryValue).toString("base64"), binary: true as const },
    ]),
  );
}

/** As SQS has them, for raw deliveries. */
export function givenAttributes(kept: Readonly<Record<string, MessageAttribute>>): GivenAttributes {
  return Object.fromEntries(
    Object.entries(kept).map(([name, { type, value, binary }]) => [
      name,
      binary === true
        ? { DataType: type, BinaryValue: new Uint8Array(Buffer.from(value, "base64")) }
        : { DataType: type, StringValue: value },
    ]),
  );
}
