// Listings: keys in UTF-8 order, common prefixes passed over in one step, encoding and tokens.

import { byteKey, textOfKey, type Table } from "../../../kernel/table.ts";
import { invalidArgument } from "../errors.ts";

export type Page<Row> = {
  readonly entries: readonly Row[];
  readonly prefixes: readonly string[];
  readonly truncated: boolean;
  /** The last key or common prefix given: where the next page begins after. */
  readonly last: string | undefined;
};

/** Where a walk begins: at a place, or after all of a key, or after one entry of it. */
export type Start = { readonly from?: string; readonly after?: string; readonly afterId?: string | undefined };

/** Rows in order, each with its place `bucket NUL key` (the same for all rows of a key). */
export type Walk<Row> = (start: Start) => Iterable<readonly [place: string, row: Row]>;

export type Listing = {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** Only what sorts after this key, or after its entry `afterId`. */
  readonly after: string | undefined;
  readonly afterId?: string | undefined;
  readonly max: number;
};

/** Walks a table whose keys are places themselves. */
export function walkOf<Row>(table: Table<Row>, bucket: string, prefix: string): Walk<Row> {
  const within = `${bucket}\u0000${byteKey(prefix)}`;
  return ({ from, after }) =>
    table.range({ prefix: within, ...(from === undefined ? {} : { from }), ...(after === undefined ? {} : { after }) });
}

/** A page: a common prefix is passed over in one step, so each entry costs O(log n). */
export function listPage<Row extends { readonly key: string }>(walk: Walk<Row>, listing: Listing): Page<Row> {
  const { bucket, delimiter, max } = listing;
  const entries: Row[] = [];
  const prefixes: string[] = [];
  const root = `${bucket}\u0000`;
  const start = root.length + byteKey(listing.prefix).length;
  const divider = delimiter === undefined || delimiter === "" ? undefined : byteKey(delimiter);
  let last: string | undefined;
  let position: Start = startAt(listing, root, divider);
  for (;;) {
    let jump: string | undefined;
    for (const [place, row] of walk(position)) {
      if (entries.length + prefixes.length >= max) return { entries, prefixes, truncated: max > 0, last };
      const cut = divider === undefined ? -1 : place.indexOf(divider, start);
      if (cut === -1 || divider === undefined) {
        entries.push(row);
        last = row.key;
        continue;
      }
      jump = place.slice(0, cut + divider.length);
      last = textOfKey(jump.slice(root.length));
      prefixes.push(last);
      break;
    }
    if (jump === undefined) return { entries, prefixes, truncated: false, last };
    position = { from: pastPrefix(jump) };
  }
}

function startAt({ prefix, after, afterId }: Listing, root: string, divider: string | undefined): Start {
  if (after === undefined || after === "") return {};
  const place = root + byteKey(after);
  const start = root.length + byteKey(prefix).length;
  const cut = divider === undefined || !after.startsWith(prefix) ? -1 : place.indexOf(divider, start);
  // A marker inside a common prefix has passed all of that prefix.
  if (cut !== -1 && divider !== undefined) return { from: pastPrefix(place.slice(0, cut + divider.length)) };
  return { after: place, afterId };
}

/** The smallest place after every place with this prefix. Bytes are below 0x100, so this never overflows. */
function pastPrefix(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

/** `encoding-type=url`, as S3 writes it. */
export function encoderFor(type: string | undefined): (text: string) => string {
  if (type === undefined) return (text) => text;
  if (type !== "url") throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
  return urlEncoded;
}

/** Keys are any bytes, so they need not be what encodeURIComponent takes. */
function urlEncoded(text: string): string {
  let out = "";
  for (const byte of Buffer.from(text, "utf8")) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9._\-*/]/.test(character)) out += character;
    else if (byte === 0x20) out += "+";
    else out += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

/** Where a list begins and what it leaves out, by the names of the parameters. */
export function checkTexts(texts: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text] of Object.entries(texts)) {
    if (text?.includes("\0") !== true) continue;
    throw invalidArgument("Value must be a sequence of Unicode characters and cannot include Null.", name, text);
  }
}

export function maxOf(value: number | undefined, name: string): number {
  const max = value ?? 1000;
  if (!Number.isInteger(max) || max < 0 || max > 2_147_483_647) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, String(value));
  }
  return Math.min(max, 1000);
}

/** Markers of parts are numbers that the model has as text. */
export function partMarker(text: string | undefined, name: string): number {
  if (text === undefined || text === "") return 0;
  const marker = Number(text);
  if (!/^[+-]?\d+$/.test(text) || (marker | 0) !== marker)
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text);
  if (marker < 0) throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, text);
  return marker;
}

/** The lists of objects say `maxKeys` where that of versions says `max-keys`. */
export function maxKeysOf(value: number | undefined, argument = "maxKeys"): number {
  if ((value ?? 0) < 0) throw invalidArgument("max-keys cannot be negative", argument);
  return maxOf(value, "max-keys");
}

/** Opaque, and bound to nothing but the key it stands for. */
export function tokenOf(key: string): string {
  return `1${Buffer.from(key, "utf8").toString("base64")}`;
}

export function keyOfToken(token: string): string {
  const bytes = Buffer.from(token.slice(1), "base64");
  if (!token.startsWith("1") || bytes.toString("base64") !== token.slice(1) || token === "1") {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token");
  }
  return bytes.toString("utf8");
}
