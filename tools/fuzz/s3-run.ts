// Sends random S3 requests to a cloud in this process and says which answers are not well formed.

import type { Cloud } from "../../hangar/cloud/cloud.ts";
import { HangUp } from "../../hangar/cloud/hang-up.ts";
import type { Incoming, Outgoing } from "../../hangar/gateway/exchange.ts";
import { handlerOf } from "../../hangar/gateway/handle.ts";
import { parseXml } from "../../hangar/protocols/xml-parse.ts";
import { Requests, type FuzzRequest } from "./s3-requests.ts";

export type Complaint = FuzzRequest & { readonly status: number; readonly answer: string; readonly why: string };
export type FuzzReport = {
  readonly answers: Readonly<Record<string, number>>;
  readonly complaints: readonly Complaint[];
};

function incoming(request: FuzzRequest): Incoming {
  const { body: bytes } = request;
  return {
    ...request,
    rawHeaders: Object.entries(request.headers).flat(),
    body: (async function* () {
      yield bytes;
    })(),
    sourceIp: "127.0.0.1",
    secure: false,
    origin: "http://127.0.0.1:4566",
    caller: new HangUp(),
  };
}

async function textOf({ body }: Outgoing): Promise<string> {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Why an answer is not one that S3 could give; undefined when it is. */
function wrong({ method }: FuzzRequest, { status, headers }: Outgoing, text: string): string | undefined {
  if (status >= 500 && status !== 501) return "the status is a failure's";
  for (const [name, value] of Object.entries(headers)) {
    // What node:http would refuse to send, or what would begin another header.
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(`${name}${String(value)}`)) return `the header ${name} cannot be sent`;
  }
  if (method === "HEAD") return text === "" ? undefined : "HEAD has a body";
  if (status < 400) return undefined;
  const type = String(headers["content-type"] ?? headers["Content-Type"] ?? "");
  if (!type.includes("xml"))
    return type.includes("html") || type.includes("json") || type.includes("text/plain") || text === ""
      ? undefined
      : `the type is ${type}`;
  try {
    parseXml(text);
  } catch (error) {
    return `the XML is not well formed: ${String(error)}`;
  }
  return /<Code>\w[\w.]*<\/Code>/.test(text) ? undefined : "an error has no code";
}

const SET_UP: readonly FuzzRequest[] = ["fuzz-a", "fuzz-b"].flatMap((bucket) =>
  ["", "/a", "/b/c"].map((key) => ({
    method: "PUT",
    host: "127.0.0.1",
    path: `/${bucket}${key}`,
    query: "",
    headers: { host: "127.0.0.1:4566" },
    body: new Uint8Array(key === "" ? 0 : 10),
  })),
);

/** Runs `count` requests; stops early at 20 complaints. */
export async function fuzz(cloud: Cloud, seed: number, count: number): Promise<FuzzReport> {
  const handle = handlerOf(cloud, cloud.world);
  const answers: Record<string, number> = {};
  const complaints: Complaint[] = [];
  const requests = new Requests(seed);
  const send = async (request: FuzzRequest): Promise<void> => {
    const bugs = cloud.bugs.length;
    const outgoing = await handle(incoming(request));
    const text = await textOf(outgoing);
    const bug = cloud.bugs[bugs];
    const why = bug === undefined ? wrong(request, outgoing, text) : `a bug of ours: ${String(bug.error)}`;
    const key = `${request.method} ${outgoing.status} ${/<Code>([\w.]+)/.exec(text)?.[1] ?? ""}`.trim();
    answers[key] = (answers[key] ?? 0) + 1;
    if (why !== undefined) complaints.push({ ...request, status: outgoing.status, answer: text, why });
  };
  const signed = requests.signed();
  for (let sent = 0; sent < count && complaints.length < 20; sent += 1) {
    // What the requests delete comes back.
    if (sent % 500 === 0) for (const each of SET_UP) await send({ ...each, headers: { ...each.headers, ...signed } });
    await send(requests.next());
  }
  return { answers, complaints };
}
