// What a connection speaks, by its first bytes: TLS, HTTP/2 with prior knowledge, or HTTP/1.1.

export type Speech = "tls" | "http2" | "http1";

const TLS_HANDSHAKE = 0x16;
/** HTTP/2's preface begins with what is no method of HTTP/1.1; `P` alone may become POST, PUT or PATCH. */
const PREFACE = "PRI ";

/** Undefined while there are too few bytes to tell. */
export function speechOf(bytes: Buffer): Speech | undefined {
  if (bytes[0] === TLS_HANDSHAKE) return "tls";
  const text = bytes.toString("latin1", 0, PREFACE.length);
  if (!PREFACE.startsWith(text)) return "http1";
  return text === PREFACE ? "http2" : undefined;
}
