// Drives S3 as a recorded test did, in a fork of its own, and compares each answer with what AWS gave.

import * as sdk from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type ForkedCloud, type RunningCloud } from "../../index.ts";
import { dictionaryOf } from "../../protocols/xml-dictionary.ts";
import { parseXml } from "../../protocols/xml-parse.ts";
import { differences, type Bindings } from "../../comparison/differences.ts";
import { asRecorded, withOpaqueTags } from "./members.ts";

export type Input = object;

/** An answer in the form it was recorded in: members, `Error` when it is one, and the status. */
export type Answer = Readonly<Record<string, unknown>> &
  Readonly<Record<"ETag" | "VersionId" | "UploadId" | "SSEKMSKeyId" | "Body", string>>;

export type As = {
  readonly region?: string;
  readonly anonymous?: boolean;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string };
  readonly virtual?: boolean;
  /** The client adds no checksum of its own and asks for none. */
  readonly plain?: boolean;
  /** The headers of the answer are compared too. */
  readonly headers?: boolean;
};

export type Raw = {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
export type RawAnswer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };
type Recording = { readonly recorded: string; readonly answers: Readonly<Record<string, unknown>> };
type Wire = { status: number; headers: Record<string, string>; body: string; kept?: boolean };

/** The bucket that is there before each test. */
export const BUCKET = "recorded-bucket";

export class Session {
  readonly cloud: ForkedCloud;
  readonly bindings: Bindings = new Map();
  readonly found: string[] = [];
  readonly #left: Map<string, unknown>;
  readonly #opaque = new Set<string>();
  readonly #clients = new Map<string, sdk.S3Client>();
  readonly #wire: Wire = { status: 0, headers: {}, body: "" };

  constructor(cloud: ForkedCloud, recording: Recording) {
    this.cloud = cloud;
    this.#left = new Map(Object.entries(recording.answers));
    for (const answer of this.#left.values()) withOpaqueTags(answer, this.#opaque);
  }

  /** Compares a value with what was recorded under a label. */
  matches(label: string, ours: unknown, read = (recorded: unknown): unknown => recorded): void {
    if (!this.#left.has(label)) this.found.push(`${label}: nothing of this name was recorded`);
    else {
      const answer = read(withOpaqueTags(this.#left.get(label), this.#opaque));
      this.found.push(...differences(answer, unread(answer, ours), this.bindings).map((each) => `${label} ${each}`));
    }
    this.#left.delete(label);
  }

  /** Calls, and compares the answer, be it an error. */
  async is(label: string, operation: string, input: Input = {}, as: As = {}): Promise<Answer> {
    const answer = await this.ask(operation, input, as);
    this.matches(label, answer);
    return answer;
  }

  /** Calls what was not recorded; an error is thrown. */
  async do(operation: string, input: Input = {}, as: As = {}): Promise<Answer> {
    const answer = await this.ask(operation, input, as);
    if ("Error" in answer) throw new Error(`${operation}: ${JSON.stringify(answer["Error"])}`);
    return answer;
  }

  /** Calls without what boto3 adds, and gives the document of the answer as xmltodict reads it. */
  async document(operation: string, input: Input = {}): Promise<unknown> {
    this.#wire.kept = true;
    await this.ask(operation, input, { plain: true });
    this.#wire.kept = false;
    return withoutNamespace(dictionaryOf(this.#wire.body));
  }

  /** Calls in the recorded client's place and gives the answer in its form. */
  async ask(operation: string, input: Input, as: As = {}): Promise<Answer> {
    const wire = this.#wire;
    const Command = (sdk as unknown as Record<string, new (input: object) => object>)[`${operation}Command`];
    if (Command === undefined) throw new Error(`The SDK has no ${operation}.`);
    const whole = as.plain === true ? { Bucket: BUCKET, ...input } : asSent(operation, { Bucket: BUCKET, ...input });
    const client = this.client(as);
    const status = (): object =>
      as.headers === true
        ? { ResponseMetadata: { HTTPHeaders: wire.headers, HTTPStatusCode: wire.status } }
        : { HTTPStatusCode: wire.status };
    try {
      const {
        $metadata: _metadata,
        Body,
        ...members
      } = (await client.send(new Command(whole) as never)) as unknown as Record<string, unknown>;
      const text = Body === undefined ? {} : { Body: await (Body as Streamed).transformToString() };
      return { ...asRecorded(operation, input, members), ...text, ...status() } as unknown as Answer;
    } catch (error) {
      if (wire.status < 300) throw error;
      return { ...errorOf(wire), ...status() } as unknown as Answer;
    }
  }

  client(as: As = {}): sdk.S3Client {
    const name = JSON.stringify(as);
    const known = this.#clients.get(name) ?? this.#newClient(as);
    this.#clients.set(name, known);
    return known;
  }

  #newClient(as: As): sdk.S3Client {
    const base = this.cloud.clientConfig();
    const handler = base.requestHandler;
    const { region = base.region, credentials = base.credentials } = as;
    const handle: typeof handler.handle = async (request, options) => {
      const answer = await handler.handle(request, options);
      await note(this.#wire, answer.response);
      return answer;
    };
    const client = new sdk.S3Client({
      ...base,
      region,
      credentials,
      requestHandler: { ...handler, handle } as never,
      forcePathStyle: as.virtual !== true,
      maxAttempts: 1,
      ...(as.anonymous === true ? { signer: { sign: (request: object) => Promise.resolve(request) } as never } : {}),
      ...(as.plain === true
        ? { requestChecksumCalculation: "WHEN_REQUIRED" as const, responseChecksumValidation: "WHEN_REQUIRED" as const }
        : {}),
    });
    // Of its own accord boto3 gives a body no type.
    client.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        const isOwn = headers["content-type"] === "application/octet-stream" && !("ContentType" in args.input);
        if (isOwn) delete headers["content-type"];
        return next(args);
      },
      { step: "build" },
    );
    return client;
  }

  /** One request as it is, without an SDK. */
  async send(address: string, { method, headers = {}, body }: Raw): Promise<RawAnswer> {
    const url = new URL(address);
    const query: Record<string, string | string[]> = {};
    for (const name of url.searchParams.keys()) {
      const values = url.searchParams.getAll(name);
      query[name] = values.length === 1 ? (values[0] ?? "") : values;
    }
    const { response } = await this.cloud.clientConfig().requestHandler.handle({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === "" ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query,
      headers: { host: url.host, ...headers },
      body,
    });
    return { status: response.statusCode, headers: response.headers, body: await textOf(response.body) };
  }

  /** Of the last call's answer. */
  lastHeaders(): Record<string, string> {
    return this.#wire.headers;
  }

  /** What anybody gets at an address, as xmltodict reads it. */
  async read(address: string): Promise<object> {
    return dictionaryOf((await this.send(address, { method: "GET" })).body);
  }

  /** What was recorded and not compared. */
  left(): readonly string[] {
    return [...this.#left.keys()];
  }
}

type Streamed = { transformToString(): Promise<string> };
export type Driver = (session: Session) => Promise<void>;

/** One test for each recorded one of a file, in a fork of a cloud with one bucket. `url` is the test file's own. */
export function recorded(url: string, file: string, drivers: Readonly<Record<string, Driver>>): void {
  const recordings = recordingsOf(file);
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startCloud({ listen: false, seed: "recorded" });
    await new sdk.S3Client(cloud.clientConfig()).send(new sdk.CreateBucketCommand({ Bucket: BUCKET }));
  });
  afterAll(async () => {
    expect(cloud.bugs).toEqual([]);
    await cloud.close();
  });
  test(`the ledger has what is verified of ${file} here`, () => {
    const topic = basename(url, ".test.ts");
    const listed = ledger().verified[topic]?.filter((name) => name.startsWith(`${file} `)) ?? [];
    const driven = Object.keys(drivers).map((name) => `${file} ${name}`);
    expect(driven.toSorted()).toEqual(listed.toSorted());
  });
  test.each(Object.entries(drivers))("%s", async (name, drive) => {
    const recording = recordings[name];
    if (recording === undefined) throw new Error(`${file} has no recording of ${name}.`);
    const fork = cloud.fork();
    const session = new Session(fork, recording);
    try {
      await drive(session);
      const found = [...session.found, ...session.left().map((label) => `${label}: was recorded and not compared`)];
      if (found.length > 0) throw new Error(found.join("\n"));
    } finally {
      fork.dispose();
    }
  });
}

export type Ledger = {
  /** By test file, each as its recording's file and name. */
  readonly verified: Readonly<Record<string, readonly string[]>>;
  readonly "emulator-differs": Readonly<Record<string, string>>;
  readonly "not-yet": Readonly<Record<string, string>>;
};

export function ledger(): Ledger {
  return JSON.parse(readFileSync(new URL("ledger.json", import.meta.url), "utf8")) as Ledger;
}

export function recordingsOf(file: string): Readonly<Record<string, Recording>> {
  const url = new URL(`recordings/${file}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Record<string, Recording>;
}

/** A recorded body is empty where the test had read it before. */
function unread(recorded: unknown, ours: unknown): unknown {
  return (recorded as Partial<Answer> | null)?.Body === "" ? { ...(ours as Answer), Body: "" } : ours;
}

/** What boto3 adds to a call of its own and the JavaScript SDK does not. */
function asSent(operation: string, input: Input): Input {
  if (operation === "PutObject" || operation === "UploadPart") return { Body: "", ...input };
  const lists = /^List(Objects|ObjectsV2|ObjectVersions)$/.test(operation);
  return lists ? { EncodingType: "url", ...input } : input;
}

async function note(wire: Wire, response: { statusCode: number; headers: Record<string, string>; body: unknown }) {
  wire.status = response.statusCode;
  wire.headers = response.headers;
  if (response.statusCode < 300 && wire.kept !== true) return;
  wire.body = await textOf(response.body);
  response.body = Buffer.from(wire.body);
}

async function textOf(body: unknown): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** An error in boto3's form: what the document says but the ids, or the status where there is none. */
export function errorOf(wire: RawAnswer): object {
  if (wire.body === "") return { Error: { Code: String(wire.status), Message: STATUS_CODES[wire.status] } };
  const { RequestId: _request, HostId: _host, ...members } = childrenOf(wire.body);
  const modelled = members["Code"] === "InvalidObjectState" ? ["StorageClass", "AccessTier"] : [];
  const beside = modelled.filter((name) => name in members).map((name) => [name, members[name]]);
  return { Error: members, ...Object.fromEntries(beside) };
}

function childrenOf(document: string): Record<string, string | null> {
  return Object.fromEntries(
    parseXml(document).children.map((child) => [child.name, child.text === "" ? null : child.text]),
  );
}

function withoutNamespace(document: Record<string, unknown>): object {
  const [[name, content] = ["", {}]] = Object.entries(document);
  const { "@xmlns": _namespace, ...members } = content as Record<string, unknown>;
  return { [name]: members };
}
