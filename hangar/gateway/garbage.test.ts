// Whatever bytes arrive under whatever head: an answer of the caller's protocol, never a failure of ours.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cloud } from "../cloud/cloud.ts";
import { services } from "../cloud/services.ts";
import { openCloud } from "../index.ts";
import { loadModel } from "../models/load.ts";
import type { ProtocolName, ServiceModel } from "../models/model.ts";
import { decodeCbor } from "../protocols/cbor-data.ts";
import { seeded } from "../protocols/random-values.ts";
import { parseXml } from "../protocols/xml-parse.ts";
import { HangUp } from "../cloud/hang-up.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { handlerOf } from "./handle.ts";

const ROUNDS = 150;
const random = seeded(7);
const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];

let cloud: Cloud;
let close: () => Promise<void>;
let handle: (request: Incoming) => Promise<Outgoing>;
beforeAll(async () => {
  ({ cloud, close } = await openCloud({ listen: false, seed: "garbage" }));
  handle = handlerOf(cloud, cloud.world);
});
afterAll(() => close());

const bodies = [
  "",
  "{",
  "{}",
  "[]",
  "null",
  '"',
  "[[[[[[",
  '{"a":',
  '{"__proto__":{"a":1}}',
  "<a",
  "<a></b>",
  "<?xml version='1.0'?>",
  "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
  "a=%",
  "a=%zz&a=%C3%28",
  "Action=",
  "Action=A&Action=B&Version=",
  "\u0000\u0001\u0002",
  "\uFFFF\uD800",
  "[".repeat(20_000),
  "<a>".repeat(20_000),
  "a.1.".repeat(5000),
] as const;

function binary(): Uint8Array {
  return Uint8Array.from({ length: Math.floor(random() * 64) }, () => Math.floor(random() * 256));
}

const oddHeaders: readonly [Record<string, string>, ...Record<string, string>[]] = [
  {},
  {},
  {},
  { "content-encoding": "gzip" },
  { "content-encoding": "aws-chunked", "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" },
  { "x-amz-decoded-content-length": "-1", "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": "" },
  { "x-amz-checksum-crc32": "nonsense" },
  { "content-md5": "nonsense" },
  { range: "bytes=5-1,a-b" },
  { "x-amz-date": "yesterday" },
  { "x-amz-security-token": "x" },
  { "x-amz-tagging": "%=&=%" },
  { "if-modified-since": "never" },
];

/** The head that leads to a service, then garbage in some part of it. */
function head(
  model: ServiceModel,
  protocol: ProtocolName,
): { path: string; method: string; headers: Record<string, string> } {
  const operation = pick(Object.keys(model.operations) as [string, ...string[]]);
  const date = "20261121T000000Z";
  const scope = `any/20261121/us-east-1/${model.signingName}/aws4_request`;
  const headers = {
    host: "127.0.0.1:4566",
    "x-amz-date": date,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
  };
  const http = model.operations[operation]?.http;
  if (protocol === "awsQuery" || protocol === "ec2Query")
    return { path: "/", method: "POST", headers: { ...headers, "content-type": "application/x-www-form-urlencoded" } };
  if (protocol === "rpcv2Cbor")
    return {
      path: `/service/${model.targetPrefix ?? "x"}/operation/${operation}`,
      method: "POST",
      headers: { ...headers, "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
    };
  if (http === undefined || protocol.startsWith("awsJson")) {
    const target = `${model.targetPrefix ?? "x"}.${operation}`;
    return {
      path: "/",
      method: "POST",
      headers: { ...headers, "x-amz-target": target, "content-type": "application/x-amz-json-1.0" },
    };
  }
  const path = (http.uri.split("?")[0] ?? "/").replaceAll(/\{[^}]*\}/g, () =>
    pick(["x", "%", "%2F", "..", "a%00b", "💥", "arn:aws:x:y"]),
  );
  return { path: model.service === "s3" ? `/bucket${path}` : path, method: http.method, headers };
}

function garbage(model: ServiceModel): Incoming {
  const protocol = pick(model.protocols as readonly [ProtocolName, ...ProtocolName[]]);
  const { path, method, headers } = head(model, protocol);
  const form = protocol === "awsQuery" && random() < 0.7;
  const action = `Action=${pick(Object.keys(model.operations) as [string, ...string[]])}&Version=${model.apiVersion}&`;
  const bytes = random() < 0.2 ? binary() : Buffer.from((form ? action : "") + pick(bodies));
  return {
    method: random() < 0.9 ? method : pick(["GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "BREW"]),
    host: "127.0.0.1",
    path,
    query: pick(["", "", "", "a", "=", "%", "uploads&uploadId=%zz", "max-keys=x&list-type=2", "x-id=&&&="]),
    headers: { ...headers, ...pick(oddHeaders) },
    rawHeaders: [],
    body: (async function* () {
      yield bytes;
    })(),
    sourceIp: "127.0.0.1",
    secure: false,
    origin: "http://127.0.0.1:4566",
    caller: new HangUp(),
  };
}

async function textOf(body: Outgoing["body"]): Promise<Buffer> {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body ?? "");
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

/** Throws when an answer is not what its content type says. */
async function readAnswer(answer: Outgoing): Promise<void> {
  const type = String(answer.headers["content-type"] ?? "");
  const body = await textOf(answer.body);
  if (body.length === 0) return;
  if (type.includes("json")) JSON.parse(body.toString());
  else if (type.includes("xml")) parseXml(body.toString());
  else if (type.includes("cbor")) decodeCbor(body);
}

describe("garbage is answered", () => {
  test.each(Object.keys(services))("%s", async (service) => {
    const model = loadModel(service);
    for (let round = 0; round < ROUNDS; round += 1) {
      const request = garbage(model);
      const answer = await handle(request);
      const what = `${request.method} ${request.path}?${request.query} ${JSON.stringify(request.headers)}`;
      expect(answer.status === 501 || (answer.status >= 200 && answer.status < 500), `${answer.status} ${what}`).toBe(
        true,
      );
      await readAnswer(answer);
    }
    expect(cloud.bugs).toEqual([]);
  });
});
