// Requests to S3 written byte by byte, signed as they say or not, and what comes back on the socket.

import { hash } from "node:crypto";
import { connect } from "node:net";
import type { RunningCloud } from "../index.ts";
import { canonicalRequest, stringToSign } from "../protocols/sigv4-canonical.ts";
import { amzDateOf, hmacHex, scopeOf, signingKey, type SigningKey } from "../protocols/sigv4-key.ts";

export type Raw = {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  /** Signed, in this order; a name may come twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** `x-amz-content-sha256`, where it is not the body's. */
  readonly sha?: string;
  /** Undefined for none; the body's without it. */
  readonly length?: string | undefined;
  /** What the request line names, where it is not path and query. */
  readonly target?: string;
  /** Milliseconds since the epoch. */
  readonly now?: number;
};

export type Signed = {
  readonly head: string;
  readonly key: SigningKey;
  readonly scope: string;
  readonly amzDate: string;
  readonly signature: string;
};

export function signedHead(to: RunningCloud, request: Raw): Signed {
  const { method, path, query = "", body = "", sha = hash("sha256", body), headers = [] } = request;
  const amzDate = amzDateOf(request.now ?? performance.timeOrigin + performance.now());
  const list = [
    ["host", new URL(to.endpoint).host],
    ["x-amz-date", amzDate],
    ["x-amz-content-sha256", sha],
    ...headers,
  ] as const;
  const joined: Record<string, string> = {};
  for (const [name, value] of list) joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  const signedHeaders = Object.keys(joined).toSorted();
  const { scope, ...parts } = scopeOf(amzDate.slice(0, 8), "us-east-1", "s3");
  const facts = { method, path, query, headers: joined };
  const canonical = canonicalRequest(facts, { signedHeaders, payloadHash: sha, isS3: true });
  const key = signingKey("test", { scope, ...parts });
  const signature = hmacHex(key, stringToSign(canonical, amzDate, scope));
  const credential = `Credential=test/${scope}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  const length = "length" in request ? request.length : String(Buffer.byteLength(body));
  const lines = [
    `${method} ${request.target ?? (query === "" ? path : `${path}?${query}`)} HTTP/1.1`,
    ...list.map(([name, value]) => `${name}: ${value}`),
    `authorization: AWS4-HMAC-SHA256 ${credential}`,
    ...(length === undefined ? [] : [`content-length: ${length}`]),
    "connection: close",
  ];
  return { head: `${lines.join("\r\n")}\r\n\r\n`, key, scope, amzDate, signature };
}

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** All that a connection says until it ends. */
export function exchange(to: RunningCloud, ...parts: readonly string[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(to.port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.once("error", reject);
    socket.once("close", () => resolve(parsed(text)));
    for (const part of parts) socket.write(part, "latin1");
  });
}

function parsed(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = lines.map((each) => [
    each.slice(0, each.indexOf(":")).toLowerCase(),
    each.slice(each.indexOf(":") + 2),
  ]);
  return {
    status: Number(line.split(" ")[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: text.slice(end + 4),
  };
}

export function say(to: RunningCloud, request: Raw): Promise<RawAnswer> {
  return exchange(to, signedHead(to, request).head, request.body ?? "");
}

/** Element -> text of S3's error, ids aside. */
export function errorOf({ status, body }: RawAnswer): Record<string, string | number> {
  const members = [...body.matchAll(/<(\w[\w-]*)>([^<]*)<\/\1>/g)].map(([, name = "", value = ""]) => [name, value]);
  const { RequestId: _request, HostId: _host, ...rest } = Object.fromEntries(members) as Record<string, string>;
  return { status, ...rest };
}
