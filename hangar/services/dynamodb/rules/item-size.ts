// How large an item is: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html

import { utf8Length, type AttributeValue, type Item } from "./attribute-value.ts";
import { numberSize } from "./decimal.ts";

export const MAX_ITEM_BYTES = 409_600;
/** A page of Query and Scan, and what BatchGetItem gives at most (16 of these). */
export const PAGE_BYTES = 1_048_576;

export function itemSize(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += utf8Length(name) + valueSize(item[name] as AttributeValue);
  return bytes;
}

export function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return utf8Length(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.M !== undefined) {
    let bytes = 3;
    for (const name in value.M) bytes += 1 + utf8Length(name) + valueSize(value.M[name] as AttributeValue);
    return bytes;
  }
  if (value.L !== undefined) return value.L.reduce((bytes, member) => bytes + 1 + valueSize(member), 3);
  if (value.SS !== undefined) return value.SS.reduce((bytes, text) => bytes + utf8Length(text), 0);
  if (value.NS !== undefined) return value.NS.reduce((bytes, text) => bytes + numberSize(text), 0);
  if (value.BS !== undefined) return value.BS.reduce((bytes, blob) => bytes + blob.length, 0);
  return 1;
}
