// Message attributes: what AWS takes, how large they are, and the MD5 that clients check.

import { createHash, hash } from "node:crypto";
import { invalidParameterValue } from "../errors.ts";
import type { MessageAttribute } from "../store.ts";

type Attributes = Readonly<Record<string, MessageAttribute>>;

const NAME = /^(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/;
const TYPE = /^(String|Number|Binary)(?:\.|$)/;
const ATTRIBUTES = 10;

export function md5(text: string): string {
  return hash("md5", text, "hex");
}

export function checkAttributes(attributes: Attributes): void {
  const names = Object.keys(attributes);
  if (names.length > ATTRIBUTES)
    throw invalidParameterValue(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${ATTRIBUTES}].`,
    );
  for (const name of names) checkAttribute(name, attributes[name] as MessageAttribute);
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  if (!NAME.test(name) || /^(aws|amazon)\./i.test(name)) {
    throw invalidParameterValue(
      `Message (user) attribute name can contain alphanumeric characters, underscores, hyphens and periods; it must not start with AWS. or Amazon., nor begin or end with a period. Name: ${name}`,
    );
  }
  if (DataType === undefined || DataType === "")
    throw invalidParameterValue(`Message (user) attribute '${name}' must contain a non-empty attribute type.`);
  const kind = TYPE.exec(DataType)?.[1];
  if (kind === undefined) {
    throw invalidParameterValue(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const empty =
    kind === "Binary"
      ? BinaryValue === undefined || BinaryValue.length === 0
      : StringValue === undefined || StringValue === "";
  if (empty)
    throw invalidParameterValue(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind === "Number" ? "String" : kind}'.`,
    );
  if (kind === "Number" && !Number.isFinite(Number(StringValue)))
    throw invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
}

export function sizeOfAttributes(attributes: Attributes): number {
  let size = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    size +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue ?? ""));
  }
  return size;
}

const STRING = Buffer.of(1);
const BINARY = Buffer.of(2);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: Attributes): string {
  const digest = createHash("md5");
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).toSorted()) {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    digest.update(DataType.startsWith("Binary") ? BINARY : STRING);
    add(DataType.startsWith("Binary") ? (BinaryValue ?? new Uint8Array()) : Buffer.from(StringValue ?? ""));
  }
  return digest.digest("hex");
}

/** ReceiveMessage's filter: names, `All`, `*`, `.*`, or prefixes such as `foo.*`. Undefined when nothing is left. */
export function selectAttributes(
  attributes: Attributes | undefined,
  names: readonly string[] | undefined,
): Attributes | undefined {
  if (attributes === undefined || names === undefined || names.length === 0) return undefined;
  if (["All", "*", ".*"].some((each) => names.includes(each))) return attributes;
  const found = Object.entries(attributes).filter(([name]) =>
    names.some((each) => (each.endsWith(".*") ? name.startsWith(each.slice(0, -2)) : name === each)),
  );
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
