// Plain HTTP/1.1 requests read from their first bytes. What is not beyond doubt is none: node:http judges it.

export type PlainHead = {
  readonly method: string;
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  /** Lower-case names, each once. */
  readonly headers: Record<string, string>;
  /** Names as they were sent, and values, in turn. */
  readonly rawHeaders: readonly string[];
  /** Where the body begins, in bytes from the first. */
  readonly end: number;
  /** Bytes of the body. */
  readonly length: number;
  /** The body comes once it is asked for: `Expect: 100-continue`. */
  readonly expects: boolean;
};

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]);
/** Of all heads, lines and what ends them included. */
const LONGEST_HEAD = 64 * 1024;
/** Whatever stands in a head but text and whole line ends (RFC 9112, 2.2 and 5.5). */
const DOUBTFUL = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;
const TARGET = /^\/[\x21-\x7e]*$/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const DIGITS = /^\d{1,15}$/;
/** What changes how a message or a connection is read. */
const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set(["transfer-encoding", "upgrade", "trailer", "te"]);

/** Undefined for a head that is not whole, or that is anything but plain. */
export function plainHead(bytes: Buffer): PlainHead | undefined {
  const end = bytes.indexOf("\r\n\r\n", 0, "latin1");
  if (end < 0 || end > LONGEST_HEAD) return undefined;
  const text = bytes.toString("latin1", 0, end + 2);
  if (DOUBTFUL.test(text)) return undefined;
  const line = text.indexOf("\r\n");
  const space = text.indexOf(" ");
  const method = text.slice(0, space);
  const target = text.slice(space + 1, line - 9);
  if (!text.startsWith(" HTTP/1.1\r\n", line - 9) || !METHODS.has(method) || !TARGET.test(target)) return undefined;
  const rawHeaders: string[] = [];
  const headers = headersIn(text, line + 2, rawHeaders);
  if (headers?.["host"] === undefined) return undefined;
  const connection = headers["connection"];
  if (connection !== undefined && connection.toLowerCase() !== "keep-alive") return undefined;
  const stated = headers["content-length"];
  if (stated !== undefined && !DIGITS.test(stated)) return undefined;
  const length = stated === undefined ? 0 : Number(stated);
  const expects = headers["expect"] !== undefined;
  if (expects && (length === 0 || headers["expect"]?.toLowerCase() !== "100-continue")) return undefined;
  const mark = target.indexOf("?");
  return {
    method,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    headers,
    rawHeaders,
    end: end + 4,
    length,
    expects,
  };
}

function headersIn(text: string, from: number, rawHeaders: string[]): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (let at = from; at < text.length;) {
    const colon = text.indexOf(":", at);
    const stop = text.indexOf("\r\n", at);
    if (colon < 0 || colon > stop) return undefined;
    const raw = text.slice(at, colon);
    const name = lowerCase(raw);
    if (name === undefined || Object.hasOwn(headers, name) || JUDGED_ELSEWHERE.has(name)) return undefined;
    const value = text.slice(colon + 1, stop).trim();
    headers[name] = value;
    rawHeaders.push(raw, value);
    at = stop + 2;
  }
  return headers;
}

const names = new Map<string, string>();
const NAMES_KEPT = 1000;

/** Clients send the same few names in every request. Undefined for what is no name. */
function lowerCase(raw: string): string | undefined {
  const known = names.get(raw);
  if (known !== undefined) return known;
  if (!TOKEN.test(raw) || raw === "__proto__") return undefined;
  const name = raw.toLowerCase();
  if (names.size < NAMES_KEPT) names.set(raw, name);
  return name;
}
