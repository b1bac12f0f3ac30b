// SigV4 signing keys, derived once per (secret, date, region, service).
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";

const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();
export const hmacHex = (key: KeyObject, text: string): string => createHmac("sha256", key).update(text).digest("hex");

export type Scope = { readonly date: string; readonly region: string; readonly service: string };

export const scopeText = ({ date, region, service }: Scope): string => `${date}/${region}/${service}/aws4_request`;

const limit = 1000;
const keys = new Map<string, KeyObject>();

export const signingKey = (secretAccessKey: string, scope: Scope): KeyObject => {
  const name = `${secretAccessKey}\n${scope.date}/${scope.region}/${scope.service}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const regionKey = hmac(hmac(`AWS4${secretAccessKey}`, scope.date), scope.region);
  // A key object signs in 2 us what the same bytes sign in 13.
  const key = createSecretKey(hmac(hmac(regionKey, scope.service), "aws4_request"));
  // Sessions come and go; a full cache starts anew rather than keeping order.
  if (keys.size >= limit) keys.clear();
  keys.set(name, key);
  return key;
};

/** `20150830T123600Z` */
export const amzDateOf = (now: number): string => new Date(now).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");

const amzDate = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Undefined when it is no ISO 8601 basic date. */
export const amzDateMs = (text: string): number | undefined => {
  const match = amzDate.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
};
