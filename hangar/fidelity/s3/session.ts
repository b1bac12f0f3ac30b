// The recorded client of S3: it adds what boto3 adds, and shows answers as boto3 does.

import * as sdk from "@aws-sdk/client-s3";
import { STATUS_CODES } from "node:http";
import type { ForkedCloud } from "../../index.ts";
import { dictionaryOf } from "../../protocols/xml-dictionary.ts";
import { parseXml } from "../../protocols/xml-parse.ts";
import { recorderOf } from "../recorded.ts";
import {
  Session as RecordedSession,
  type As as Anyone,
  type Client,
  type Input,
  type RecordedClient,
  type Recording,
} from "../session.ts";
import { textOf } from "../wire.ts";
import { asRecorded, withOpaqueTags } from "./members.ts";

/** An answer in the form it was recorded in: members, `Error` when it is one, and the status. */
export type Answer = Readonly<Record<string, unknown>> &
  Readonly<Record<"ETag" | "VersionId" | "UploadId" | "SSEKMSKeyId" | "Body", string>>;

export type As = Anyone & {
  readonly anonymous?: boolean;
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

/** The bucket that is there before each test. */
export const BUCKET = "recorded-bucket";

type Streamed = { transformToString(): Promise<string> };

const S3: RecordedClient<As> = {
  service: "s3",
  sdk,
  settings: (as) => ({
    forcePathStyle: as.virtual !== true,
    ...(as.anonymous === true ? { signer: { sign: (request: object) => Promise.resolve(request) } } : {}),
    ...(as.plain === true
      ? { requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" }
      : {}),
  }),
  asSent: (operation, input, { plain }) =>
    plain === true ? { Bucket: BUCKET, ...input } : asSent(operation, { Bucket: BUCKET, ...input }),
  async asShown(operation, { Body, ...members }, input) {
    const text = Body === undefined ? {} : { Body: await (Body as Streamed).transformToString() };
    return { ...asRecorded(operation, input, members), ...text };
  },
  errorOf,
  prepare: leaveUntyped,
};

export class Session extends RecordedSession<As, Answer> {
  readonly #opaque = new Set<string>();

  constructor(cloud: ForkedCloud, recording: Recording) {
    super(cloud, recording, S3);
    for (const answer of Object.values(recording.answers)) withOpaqueTags(answer, this.#opaque);
  }

  /** A recorded body is empty where the test had read it before. */
  override matches(label: string, ours: unknown, read = (recorded: unknown): unknown => recorded): void {
    super.matches(label, ours, (recorded) => {
      const answer = read(withOpaqueTags(recorded, this.#opaque)) as Answer | null;
      return answer?.Body === "" ? { ...answer, Body: (ours as Answer).Body } : answer;
    });
  }

  override async ask(operation: string, input: Input = {}, as: As = {}): Promise<Answer> {
    const { HTTPStatusCode, ...answer } = await super.ask(operation, input, as);
    const { headers: HTTPHeaders } = this.own.wire;
    const status = as.headers === true ? { ResponseMetadata: { HTTPHeaders, HTTPStatusCode } } : { HTTPStatusCode };
    return { ...answer, ...status } as unknown as Answer;
  }

  /** Calls without what boto3 adds, and gives the document of the answer as xmltodict reads it. */
  async document(operation: string, input: Input = {}): Promise<unknown> {
    const { wire } = this.own;
    wire.kept = true;
    await this.ask(operation, input, { plain: true });
    wire.kept = false;
    return withoutNamespace(dictionaryOf(wire.body));
  }

  client(as: As = {}): sdk.S3Client {
    return this.own.client(as) as unknown as sdk.S3Client;
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
    return this.own.wire.headers;
  }

  /** What anybody gets at an address, as xmltodict reads it. */
  async read(address: string): Promise<object> {
    return dictionaryOf((await this.send(address, { method: "GET" })).body);
  }
}

/** Of its own accord boto3 gives a body no type. */
function leaveUntyped(client: Client): void {
  (client as unknown as sdk.S3Client).middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      const isOwn = headers["content-type"] === "application/octet-stream" && !("ContentType" in args.input);
      if (isOwn) delete headers["content-type"];
      return next(args);
    },
    { step: "build" },
  );
}

export type Driver = (session: Session) => Promise<void>;

/** One test for each recorded one of a file, in a fork of a cloud with one bucket. `url` is the test file's own. */
export const recorded = recorderOf({
  url: import.meta.url,
  session: (cloud, recording) => new Session(cloud, recording),
  async prepare(cloud) {
    await new sdk.S3Client(cloud.clientConfig()).send(new sdk.CreateBucketCommand({ Bucket: BUCKET }));
  },
});

/** What boto3 adds to a call of its own and the JavaScript SDK does not. */
function asSent(operation: string, input: Input): Input {
  if (operation === "PutObject" || operation === "UploadPart") return { Body: "", ...input };
  const lists = /^List(Objects|ObjectsV2|ObjectVersions)$/.test(operation);
  return lists ? { EncodingType: "url", ...input } : input;
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
