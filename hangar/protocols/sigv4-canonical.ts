// SigV4's canonical request: path, query and headers in the one form both sides hash.
import { hash } from "node:crypto";

export type SignedFacts = {
  readonly method: string;
  /** Raw, percent-encoded. */
  readonly path: string;
  /** Raw, without `?`. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
};

const unreserved = /^[A-Za-z0-9\-._~/]*$/;
const isUnreserved = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2d ||
  byte === 0x2e ||
  byte === 0x5f ||
  byte === 0x7e;

const hex = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);

const encodeBytes = (bytes: Uint8Array, keepsSlash: boolean): string => {
  let text = "";
  for (const byte of bytes)
    text += isUnreserved(byte) || (keepsSlash && byte === 0x2f) ? String.fromCharCode(byte) : hex[byte];
  return text;
};

/** RFC 3986 as AWS means it: everything but letters, digits and `-._~`. */
export const uriEncode = (text: string, keepsSlash = false): string =>
  !text.includes("/") && unreserved.test(text) ? text : encodeBytes(Buffer.from(text, "utf8"), keepsSlash);

/** Text that may be encoded in part, loosely or in lower case, encoded once and strictly. Works on bytes: keys need not be UTF-8. */
const recode = (raw: string, { keepsSlash, plusIsSpace }: { keepsSlash: boolean; plusIsSpace: boolean }): string => {
  let text = "";
  for (let index = 0; index < raw.length; index += 1) {
    const character = raw[index] ?? "";
    const escaped = character === "%" ? /^[0-9a-fA-F]{2}/.exec(raw.slice(index + 1, index + 3))?.[0] : undefined;
    if (escaped !== undefined) {
      const byte = Number.parseInt(escaped, 16);
      text += isUnreserved(byte) ? String.fromCharCode(byte) : hex[byte];
      index += 2;
    } else if (character === "+" && plusIsSpace) text += "%20";
    else {
      const point = String.fromCodePoint(raw.codePointAt(index) ?? 0);
      text += uriEncode(point, keepsSlash);
      index += point.length - 1;
    }
  }
  return text;
};

const withoutDots = (path: string): string => {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}${segments.length > 0 && path.endsWith("/") ? "/" : ""}`;
};

/** S3 signs the path as it is; all others tidy it and encode what is already encoded. */
const canonicalPath = (path: string, isS3: boolean): string => {
  if (isS3) return unreserved.test(path) ? path : recode(path, { keepsSlash: true, plusIsSpace: false });
  const tidy = path.includes("//") || path.includes("/.") ? withoutDots(path) : path;
  return unreserved.test(tidy) ? tidy : encodeBytes(Buffer.from(tidy, "utf8"), true);
};

const strict = { keepsSlash: false, plusIsSpace: true };

/** One pair of letters that nobody encodes: `x-id=PutObject`. */
const plainPair = /^[A-Za-z0-9\-._~]+=[A-Za-z0-9\-._~]*$/;

const canonicalQuery = (query: string, leftOut: string): string => {
  if (query === "" || plainPair.test(query)) return query;
  const pairs = query.split("&").flatMap((pair): (readonly [string, string])[] => {
    if (pair === "") return [];
    const equals = pair.indexOf("=");
    const name = recode(equals === -1 ? pair : pair.slice(0, equals), strict);
    return name === leftOut ? [] : [[name, equals === -1 ? "" : recode(pair.slice(equals + 1), strict)]];
  });
  pairs.sort(([left, one], [right, other]) =>
    left < right ? -1 : left > right ? 1 : one < other ? -1 : one > other ? 1 : 0,
  );
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
};

const canonicalValue = (value: string): string => {
  const trimmed = value.trim();
  return trimmed.includes("  ") ? trimmed.replaceAll(/ +/g, " ") : trimmed;
};

export type Canonical = {
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  readonly isS3: boolean;
};

export const canonicalRequest = (
  { method, path, query, headers }: SignedFacts,
  { signedHeaders, payloadHash, isS3 }: Canonical,
): string => {
  let lines = "";
  for (const name of signedHeaders) lines += `${name}:${canonicalValue(headers[name] ?? "")}\n`;
  const pairs = canonicalQuery(query, "X-Amz-Signature");
  return `${method}\n${canonicalPath(path, isS3)}\n${pairs}\n${lines}\n${signedHeaders.join(";")}\n${payloadHash}`;
};

export const stringToSign = (canonical: string, amzDate: string, scope: string): string =>
  `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${hash("sha256", canonical, "hex")}`;
