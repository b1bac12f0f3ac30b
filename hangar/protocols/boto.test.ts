// A second witness: boto3 sends and reads random values of a sample of operations, against a bare server of these protocols.
import { execFile, spawnSync } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual, promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { loadModel } from "../models/load.ts";
import type { Member } from "../models/model.ts";
import { isBytes } from "./blob-text.ts";
import { protocolFor } from "./protocol-for.ts";
import type { WireRequest } from "./protocol.ts";
import { pruned, seeded, speaksForms, Values } from "./random-values.ts";
import { signatureDialect } from "./sigv4-errors.ts";
import { parseCredential, verify } from "./sigv4.ts";

const hasBoto = spawnSync("python3", ["-c", "import boto3"]).status === 0;
const sampled =
  "s3=s3 sqs=sqs sns=sns sts=sts iam=iam cloudformation=cloudformation ec2=ec2 lambda=lambda apigateway=apigateway dynamodb=dynamodb kinesis=kinesis route53=route53 cloudwatch=cloudwatch logs=logs states=stepfunctions events=events kms=kms cloudfront=cloudfront rds=rds";
/** One operation in so many. */
const every = 7;

type Bag = Record<string, unknown>;
type Line = {
  readonly service: string;
  readonly operation: string;
  readonly given: unknown;
  /** Members boto3's models have below the output: ours may be newer. */
  readonly known: readonly string[];
  readonly got?: unknown;
  readonly error?: string;
};
type Seen = { problem?: string; input?: unknown; answered?: unknown };

const tagged = (value: unknown): unknown => {
  if (isBytes(value)) return { $bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Date) return { $time: value.getTime() };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, held]) => (held === undefined ? [] : [[key, tagged(held)]])),
    );
  return value;
};

const settled = async (input: Bag): Promise<Bag> => {
  const entries = Object.entries(input).map(async ([key, value]) => {
    if (typeof value !== "object" || value === null || !(Symbol.asyncIterator in value)) return [key, value] as const;
    const parts: Uint8Array[] = [];
    for await (const part of value as AsyncIterable<Uint8Array>) parts.push(part);
    return [key, new Uint8Array(Buffer.concat(parts))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
};

const readAll = async (message: IncomingMessage): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of message) parts.push(part as Uint8Array);
  return new Uint8Array(Buffer.concat(parts));
};

/** Members that only make sense together, or that boto3 turns into something else. */
const answerOf = (service: string, operation: string): Bag => {
  const model = loadModel(service);
  const output = new Values(model, seeded(11)).structure(model.operations[operation]?.output, 0);
  return Object.fromEntries(
    Object.entries(output).filter(
      ([name]) =>
        !name.startsWith("Checksum") &&
        name !== "ExpiresString" &&
        !(service === "route53" && name === "MaxItems") &&
        name !== "Expires",
    ),
  );
};

const serve = async (seen: Map<string, Seen>, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  const [path = "/", query = ""] = (message.url ?? "/").split("?");
  const request: WireRequest = {
    method: message.method ?? "GET",
    host: headers["host"] ?? "",
    path,
    query,
    headers,
    body: await readAll(message),
  };
  const [service = "", operation = ""] = (headers["x-test-operation"] ?? "").split(":");
  const record: Seen = {};
  seen.set(`${service}:${operation}`, record);
  const model = loadModel(service);
  const protocol = protocolFor(model, request);
  try {
    const credential = parseCredential(request);
    if (credential !== undefined)
      verify({
        request,
        credential,
        secretAccessKey: "secret",
        dialect: signatureDialect(model),
        now: Date.now(),
        body: request.body,
      });
    const route = protocol.route(model, request);
    if (route?.operation !== operation) record.problem = `${request.method} ${message.url} went to ${route?.operation}`;
    else record.input = tagged(await settled(protocol.parse(model, route, request)));
  } catch (error) {
    record.problem = String(error);
  }
  const answer = answerOf(service, operation);
  record.answered = tagged(answer);
  const { status, headers: sent, body } = protocol.serialise(model, operation, answer, { requestId: "r" });
  response.writeHead(status, sent);
  response.end(typeof body === "string" || isBytes(body) ? body : undefined);
};

/** Members of structures boto3 cannot know are left out; maps keep their keys. */
const knownTo = (line: Line, value: unknown, member: Member | undefined): unknown => {
  const model = loadModel(line.service);
  const shape = member?.target === undefined ? undefined : model.shapes[member.target];
  if (Array.isArray(value))
    return value.map((item) => knownTo(line, item, shape?.type === "list" ? shape.member : undefined));
  if (typeof value !== "object" || value === null || shape === undefined) return value;
  if (shape.type === "map")
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, knownTo(line, held, shape.value)]));
  if (shape.type !== "structure" && shape.type !== "union") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]) =>
      line.known.includes(`${member?.target}.${name}`) ? [[name, knownTo(line, held, shape.members[name])]] : [],
    ),
  );
};

/** boto3 names a checksum of its own choice, which was an MD5 before 2025, and what it accepts. */
const CHOSEN: ReadonlySet<string> = new Set(["ChecksumAlgorithm", "ContentMD5", "accepts"]);
const unchosen = (value: unknown): unknown =>
  Object.fromEntries(Object.entries(value as Bag).filter(([name]) => !CHOSEN.has(name)));

const compared = (line: Line, seen: Seen | undefined): string[] => {
  const name = `${line.service}:${line.operation}`;
  if (line.error !== undefined) return [`${name} failed: ${line.error}`];
  if (seen === undefined) return [`${name} never arrived`];
  if (seen.problem !== undefined) return [`${name}: ${seen.problem}`];
  const model = loadModel(line.service);
  const given = unchosen(speaksForms(model) ? (pruned(line.given) ?? {}) : line.given);
  const input = unchosen(seen.input);
  const output = model.operations[line.operation]?.output;
  const answered = output === undefined ? {} : knownTo(line, seen.answered, { target: output });
  return [
    ...(isDeepStrictEqual(given, input)
      ? []
      : [`${name} given ${JSON.stringify(given)} arrived ${JSON.stringify(input)}`]),
    ...(isDeepStrictEqual(answered, line.got)
      ? []
      : [`${name} answered ${JSON.stringify(answered)} read ${JSON.stringify(line.got)}`]),
  ];
};

describe("boto3", () => {
  test.skipIf(!hasBoto)("gives and gets the same values as we do (skipped without python3 and boto3)", async () => {
    const seen = new Map<string, Seen>();
    const server = createServer(
      (message, response) =>
        void serve(seen, message, response).catch((error: unknown) => response.writeHead(500).end(String(error))),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const script = new URL("boto-calls.py", import.meta.url).pathname;
    const args = [script, String(port), String(every), sampled.replaceAll(" ", ",")];
    const { stdout } = await promisify(execFile)("python3", args, { maxBuffer: 64 << 20 });
    server.close();
    const lines = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Line]));
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.flatMap((line) => compared(line, seen.get(`${line.service}:${line.operation}`)))).toEqual([]);
  });
});
