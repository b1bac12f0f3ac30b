// SigV4 signing keys, derived once per (secret, date, region, service).
import { createHmac, hash } from "node:crypto";

/** HMAC-SHA256's padded key, both ways (RFC 2104). */
export type SigningKey = { readonly inner: Uint8Array; readonly outer: Uint8Array };

const BLOCK = 64;
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const padded = (key: Uint8Array, pad: number): Uint8Array =>
  Uint8Array.from({ length: BLOCK }, (_, index) => (key[index] ?? 0) ^ pad);

/** What is hashed, after its padded key. */
const scratch = Buffer.alloc(1024);

/** Of two hashes in one go: an Hmac object, which the collector must finalise, costs a call 15 us under load. */
export const hmacHex = ({ inner, outer }: SigningKey, text: string): string => {
  const length = BLOCK + Buffer.byteLength(text);
  const message = length <= scratch.length ? scratch : Buffer.alloc(length);
  message.set(inner);
  message.write(text, BLOCK);
  const digest = hash("sha256", message.subarray(0, length), "buffer");
  message.set(outer);
  message.set(digest, BLOCK);
  return hash("sha256", message.subarray(0, BLOCK + digest.length), "hex");
};

export type Scope = {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `date/region/service/aws4_request` */
  readonly scope: string;
};

export const scopeOf = (date: string, region: string, service: string): Scope => ({
  date,
  region,
  service,
  scope: `${date}/${region}/${service}/aws4_request`,
});

const limit = 1000;
/** By scope, then by secret: one key of both would be a new text at every call. */
const keys = new Map<string, Map<string, SigningKey>>();
let kept = 0;

export const signingKey = (secretAccessKey: string, scope: Scope): SigningKey => {
  const known = keys.get(scope.scope)?.get(secretAccessKey);
  if (known !== undefined) return known;
  const regionKey = hmac(hmac(`AWS4${secretAccessKey}`, scope.date), scope.region);
  const bytes = hmac(hmac(regionKey, scope.service), "aws4_request");
  const key = { inner: padded(bytes, 0x36), outer: padded(bytes, 0x5c) };
  // Sessions come and go; a full cache starts anew rather than keeping order.
  if (kept >= limit) {
    keys.clear();
    kept = 0;
  }
  let ofScope = keys.get(scope.scope);
  if (ofScope === undefined) keys.set(scope.scope, (ofScope = new Map()));
  ofScope.set(secretAccessKey, key);
  kept += 1;
  return key;
};

/** `20150830T123600Z` */
export const amzDateOf = (now: number): string => new Date(now).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");

const amzDate = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

let lastText = "";
let lastMs: number | undefined;

/** Undefined when it is no ISO 8601 basic date. A second's requests all say the same. */
export const amzDateMs = (text: string): number | undefined => {
  if (text !== lastText) [lastText, lastMs] = [text, parsedMs(text)];
  return lastMs;
};

const parsedMs = (text: string): number | undefined => {
  const match = amzDate.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
};
