// A batch of writes as AWS repeats it in what it says of its length: in Java's words.

import type { AttributeValue, Item } from "./attribute-value.ts";

type Writes = readonly {
  readonly PutRequest?: { readonly Item: Item } | undefined;
  readonly DeleteRequest?: { readonly Key: Item } | undefined;
}[];

/** AWS's own attribute values have members that no request can have. */
const MEMBERS = "S N B INT DECIMAL DOUBLE SS NS BS INTSET DECIMALSET DOUBLESET M L NULL BOOL".split(" ");

export function writesText(requests: Readonly<Record<string, Writes>>): string {
  const tables = Object.entries(requests).map(([table, writes]) => `${table}=[${writes.map(writeText).join(", ")}]`);
  return `{${tables.join(", ")}}`;
}

function writeText({ PutRequest: put, DeleteRequest: remove }: Writes[number]): string {
  const putText = put === undefined ? "null" : `PutRequest(item=${itemText(put.Item)}, workloadProfileName=null)`;
  const removeText =
    remove === undefined ? "null" : `DeleteRequest(key=${itemText(remove.Key)}, workloadProfileName=null)`;
  return `WriteRequest(putRequest=${putText}, deleteRequest=${removeText})`;
}

function itemText(item: Item): string {
  return `{${Object.entries(item)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(", ")}}`;
}

function valueText(value: AttributeValue): string {
  const shown = MEMBERS.map((member) => {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    return `${name}=${memberText((value as Record<string, unknown>)[member])}`;
  });
  return `AttributeValue(${shown.join(", ")})`;
}

function memberText(member: unknown): string {
  if (member === undefined) return "null";
  if (member instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${member.length} cap=${member.length}]`;
  if (Array.isArray(member))
    return `[${member.map((each: unknown) => (isValue(each) ? valueText(each) : memberText(each))).join(", ")}]`;
  if (typeof member === "string" || typeof member === "boolean") return String(member);
  return itemText(member as Item);
}

function isValue(member: unknown): member is AttributeValue {
  return typeof member === "object" && member !== null && !(member instanceof Uint8Array);
}
