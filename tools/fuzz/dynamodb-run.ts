// Sends random DynamoDB requests to a cloud in this process and says which answers are not well formed.

import { crc32 } from "node:zlib";
import type { Cloud } from "../../hangar/cloud/cloud.ts";
import { HangUp } from "../../hangar/cloud/hang-up.ts";
import type { Incoming, Outgoing } from "../../hangar/gateway/exchange.ts";
import { handlerOf } from "../../hangar/gateway/handle.ts";
import { Requests } from "./dynamodb-requests.ts";
import { setUp, type FuzzRequest } from "./dynamodb-tables.ts";

export type Complaint = FuzzRequest & { readonly status: number; readonly answer: string; readonly why: string };
export type FuzzReport = {
  readonly answers: Readonly<Record<string, number>>;
  readonly complaints: readonly Complaint[];
};

function incoming({ operation, body }: FuzzRequest): Incoming {
  const bytes = Buffer.from(body);
  return {
    method: "POST",
    host: "127.0.0.1",
    path: "/",
    query: "",
    headers: {
      host: "127.0.0.1:4566",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20261121T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=any/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    rawHeaders: [],
    body: (async function* () {
      yield bytes;
    })(),
    bytes,
    sourceIp: "127.0.0.1",
    secure: false,
    origin: "http://127.0.0.1:4566",
    caller: new HangUp(),
  };
}

/** Why an answer is not one that DynamoDB could give; undefined when it is. */
function wrong({ status, headers }: Outgoing, text: string): string | undefined {
  if (status !== 200 && status !== 400 && status !== 501) return "the status is not 200, 400 or our own 501";
  if (headers["x-amz-crc32"] !== String(crc32(text))) return "the checksum is not the body's";
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return "the body is not JSON";
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "the body is not an object";
  const type: unknown = (body as Record<string, unknown>)["__type"];
  if (status !== 200 && typeof type !== "string") return "an error has no __type";
  if (status === 400 && !/^com\.amazon(aws)?\.[a-z0-9_.]+#\w+$/.test(String(type))) return "__type has no namespace";
  return undefined;
}

/** Runs `count` requests; stops early at 20 complaints. */
export async function fuzz(cloud: Cloud, seed: number, count: number, only?: RegExp): Promise<FuzzReport> {
  const handle = handlerOf(cloud, cloud.world);
  const answers: Record<string, number> = {};
  const complaints: Complaint[] = [];
  const send = async (request: FuzzRequest): Promise<void> => {
    const bugs = cloud.bugs.length;
    const outgoing = await handle(incoming(request));
    const text = typeof outgoing.body === "string" ? outgoing.body : "";
    const why = cloud.bugs.length > bugs ? "a bug of ours" : wrong(outgoing, text);
    const type = /"__type":"[^"]*#?\b(\w+)"/.exec(text)?.[1] ?? "";
    const key = `${request.operation} ${outgoing.status} ${type}`.trim();
    answers[key] = (answers[key] ?? 0) + 1;
    if (why !== undefined) complaints.push({ ...request, status: outgoing.status, answer: text, why });
  };
  for (const request of setUp()) await send(request);
  const requests = new Requests(seed, only);
  for (let sent = 0; sent < count && complaints.length < 20; sent += 1) await send(requests.next());
  return { answers, complaints };
}
