// Drives S3 Control as a recorded test did, in a fork of its own, and compares each answer with what AWS gave.

import * as sdk from "@aws-sdk/client-s3-control";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type ForkedCloud, type RunningCloud } from "../../index.ts";
import { parseXml } from "../../protocols/xml-parse.ts";
import { differences, type Bindings } from "../../comparison/differences.ts";

type Recording = { readonly recorded: string; readonly answers: Readonly<Record<string, unknown>> };
type Response = { readonly statusCode: number; body: unknown };

const AccountId = "000000000000";
/** Buckets that are there before each test. */
export const [BUCKET, OTHER, THIRD] = ["recorded-bucket", "recorded-other-bucket", "recorded-third-bucket"] as const;

export class Session {
  readonly found: string[] = [];
  readonly #bindings: Bindings = new Map();
  readonly #left: Map<string, unknown>;
  readonly #client: sdk.S3ControlClient;
  #last: { readonly status: number; readonly body: string } = { status: 0, body: "" };

  constructor(fork: ForkedCloud, recording: Recording) {
    this.#left = new Map(Object.entries(recording.answers));
    const config = fork.clientConfig();
    const handle: typeof config.requestHandler.handle = async (request, options) => {
      const answer = await config.requestHandler.handle(request, options);
      await this.#note(answer.response);
      return answer;
    };
    const requestHandler = { ...config.requestHandler, handle } as never;
    this.#client = new sdk.S3ControlClient({
      ...config,
      endpoint: "http://localhost:4566",
      requestHandler,
      maxAttempts: 1,
    });
  }

  /** Calls, and compares the answer, be it an error. */
  async is(label: string, operation: string, input: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.ask(operation, input);
    if (!this.#left.has(label)) this.found.push(`${label}: nothing of this name was recorded`);
    const lines = differences(recordedAs(this.#left.get(label)), answer, this.#bindings);
    this.found.push(...lines.map((each) => `${label} ${each}`));
    this.#left.delete(label);
    return answer;
  }

  async ask(operation: string, input: object): Promise<Readonly<Record<string, unknown>>> {
    const Command = (sdk as unknown as Record<string, new (input: object) => object>)[`${operation}Command`];
    if (Command === undefined) throw new Error(`The SDK has no ${operation}.`);
    try {
      const command = new Command({ AccountId, ...input }) as never;
      const { $metadata: _metadata, ...members } = (await this.#client.send(command)) as {
        readonly $metadata: unknown;
      };
      return { ...members, HTTPStatusCode: this.#last.status };
    } catch (error) {
      if (this.#last.status < 300) throw error;
      return { ...errorOf(this.#last.body), HTTPStatusCode: this.#last.status };
    }
  }

  /** What was recorded and not compared. */
  left(): readonly string[] {
    return [...this.#left.keys()];
  }

  async #note(response: Response): Promise<void> {
    this.#last = { status: response.statusCode, body: "" };
    if (response.statusCode < 300) return;
    const chunks: Uint8Array[] = [];
    if (response.body instanceof Uint8Array) chunks.push(response.body);
    else for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    response.body = Buffer.concat(chunks);
    this.#last = { status: response.statusCode, body: Buffer.concat(chunks).toString() };
  }
}

/** Each alias has a part of its own; of an error that the model names boto3 gives the message twice. */
function recordedAs(recorded: unknown): unknown {
  const text = JSON.stringify(recorded ?? null).replaceAll(/<(name:\d+)>-<alias-random-part>/g, "<$1>-<alias-of-$1>");
  const { Message: _twice, ...answer } = JSON.parse(text) as Record<string, unknown>;
  return answer;
}

function errorOf(document: string): object {
  const { children } = parseXml(document);
  const error = children.find(({ name }) => name === "Error")?.children ?? [];
  const host = children.find(({ name }) => name === "HostId")?.text;
  return { Error: Object.fromEntries(error.map(({ name, text }) => [name, text])), HostId: host };
}

export type Driver = (session: Session) => Promise<void>;

/** One test for each recorded one, in a fork of a cloud with three buckets; every recording has its driver. */
export function recorded(drivers: Readonly<Record<string, Driver>>): void {
  const url = new URL("recordings/s3control.json", import.meta.url);
  const recordings = JSON.parse(readFileSync(url, "utf8")) as Readonly<Record<string, Recording>>;
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startCloud({ listen: false, seed: "recorded" });
    const s3 = new S3Client(cloud.clientConfig());
    for (const Bucket of [BUCKET, OTHER, THIRD]) await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterAll(async () => {
    expect(cloud.bugs).toEqual([]);
    await cloud.close();
  });
  test("every recording is driven", () => {
    expect(Object.keys(drivers).toSorted()).toEqual(Object.keys(recordings).toSorted());
  });
  test.each(Object.entries(drivers))("%s", async (name, drive) => {
    const recording = recordings[name];
    if (recording === undefined) throw new Error(`There is no recording of ${name}.`);
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
