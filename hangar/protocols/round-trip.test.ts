// Every operation of every model, with random deep values, through the real SDK clients: what was given arrives, what is answered is read.
import { isDeepStrictEqual } from "node:util";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { serviceSources } from "../../tools/models/services.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { ProtocolName, ServiceModel } from "../models/model.ts";
import { protocolFor } from "./protocol-for.ts";
import { pruned, seeded, speaksForms, Values, type Random } from "./random-values.ts";
import { parseCredential, verify } from "./sigv4.ts";
import { signatureDialect } from "./sigv4-errors.ts";
import type { WireRequest, WireResponse } from "./protocol.ts";

/** Operations a round trip cannot judge, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  "sqs over awsQuery:ReceiveMessage":
    "AttributeNames and MessageSystemAttributeNames share the name AttributeName in a form; tested in query.test.ts",
};

/** Errors that reach no client as their class. */
const errorExceptions: Readonly<Record<string, string>> = {
  "cloudwatch:DashboardNotFoundError": "its query code is ResourceNotFound, by which the SDK takes it for that shape",
};

const rounds = Number(process.env["ROUNDS"] ?? 1);

type Bag = Record<string, unknown>;

const bytesOf = async (body: unknown): Promise<Uint8Array> => {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const settled = async (value: unknown): Promise<unknown> => {
  if (value instanceof Date || value instanceof Uint8Array)
    return value instanceof Date ? value : new Uint8Array(value);
  if (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
    return new Uint8Array(await bytesOf(value));
  if (Array.isArray(value)) return Promise.all(value.map(settled));
  if (typeof value === "object" && value !== null) {
    // The SDK's lazy JSON strings and such are not plain objects.
    if (value instanceof String) return String(value);
    const entries = await Promise.all(
      Object.entries(value).map(async ([key, held]) => [key, await settled(held)] as const),
    );
    return Object.fromEntries(entries.filter(([, held]) => held !== undefined));
  }
  return value;
};

const escapeQuery = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

type SdkRequest = {
  method: string;
  hostname: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
};

const wireOf = async (request: SdkRequest): Promise<WireRequest> => ({
  method: request.method,
  host: request.hostname,
  path: request.path,
  query: Object.entries(request.query ?? {})
    .flatMap(([name, value]) =>
      value === null ? [escapeQuery(name)] : [value].flat().map((one) => `${escapeQuery(name)}=${escapeQuery(one)}`),
    )
    .join("&"),
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  ),
  body: await bytesOf(request.body),
});

type Client = { send(command: unknown): Promise<Bag>; middlewareStack: { remove(name: string): boolean } };
type Constructor<T> = new (input: Bag) => T;
type Package = Record<string, unknown>;

type Answering = (request: WireRequest) => Promise<WireResponse>;

const clientOf = (sdk: Package, model: ServiceModel, answer: Answering): Client => {
  const name = Object.keys(sdk).find((key) => key.endsWith("Client") && key !== "__Client");
  const Client = sdk[name ?? ""] as Constructor<Client>;
  return new Client({
    region: "us-east-1",
    ...(sdk["protocol"] === undefined ? {} : { protocol: sdk["protocol"] }),
    endpoint: model.service === "s3" ? "http://s3.us-east-1.localhost" : "http://localhost",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    ...(model.service === "sqs" ? { md5: false } : {}),
    responseChecksumValidation: "WHEN_REQUIRED",
    requestChecksumCalculation: "WHEN_REQUIRED",
    requestHandler: {
      metadata: { handlerProtocol: "http/1.1" },
      async handle(request: SdkRequest) {
        const response = await answer(await wireOf(request));
        const body = typeof response.body === "string" ? Buffer.from(response.body) : response.body;
        const isStream = typeof body === "object" && Symbol.asyncIterator in body;
        return {
          response: {
            statusCode: response.status,
            headers: response.headers,
            body: isStream ? Readable.from(body) : Readable.from([body]),
          },
        };
      },
    },
  });
};

const facts = { requestId: "11111111-2222-3333-4444-555555555555", extendedRequestId: "extended" };

const signedProperly = (model: ServiceModel, request: WireRequest): string | undefined => {
  const credential = parseCredential(request);
  if (credential === undefined) return undefined;
  const dialect = signatureDialect(model);
  try {
    verify({ request, credential, secretAccessKey: "secret", dialect, now: Date.now(), body: request.body });
  } catch (error) {
    return String(error);
  }
  return undefined;
};

type Problem = { readonly operation: string; readonly what: string; readonly detail: string };

const difference = (given: unknown, got: unknown, path = ""): string | undefined => {
  if (isDeepStrictEqual(given, got)) return undefined;
  const isBag = (value: unknown): value is Bag =>
    typeof value === "object" && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);
  if (isBag(given) && isBag(got)) {
    for (const key of new Set([...Object.keys(given), ...Object.keys(got)])) {
      const found = difference(given[key], got[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
  }
  return `${path}: ${JSON.stringify(given)?.slice(0, 200)} became ${JSON.stringify(got)?.slice(0, 200)}`;
};

/** What clients insist on before they send. */
const tame = (model: ServiceModel, operation: string, given: Bag): Bag => {
  const input = speaksForms(model) ? ((pruned(given) ?? {}) as Bag) : given;
  const members = Object.entries(model.shapes).find(([name]) => name === model.operations[operation]?.input)?.[1];
  const has = (name: string): boolean => members !== undefined && "members" in members && name in members.members;
  if (model.service === "s3" && has("Bucket")) input["Bucket"] = "a-bucket";
  if (model.service === "s3" && has("RequestRoute")) input["RequestRoute"] = "route-token";
  if (model.service === "s3" && input["ChecksumAlgorithm"] !== undefined) input["ChecksumAlgorithm"] = "CRC32";
  // The client sends the key as base64 and counts the body itself.
  if (model.service === "s3") {
    delete input["SSECustomerKey"];
    delete input["CopySourceSSECustomerKey"];
    if (has("ContentLength") && has("Body")) input["ContentLength"] = ((input["Body"] ?? "") as Uint8Array).length;
  }
  delete input["ChecksumMode"];
  if (model.service === "ec2" && operation === "CopySnapshot") input["PresignedUrl"] = "https://localhost/";
  if (operation === "PutEvents") delete input["EndpointId"];
  if (model.service === "s3control" && has("AccountId")) input["AccountId"] = "123456789012";
  return input;
};

/** Members of outputs another test covers (event streams, S3's Expires), or that the client makes itself. */
const judged = (model: ServiceModel, operation: string, output: Bag): Bag => {
  const shape = model.shapes[model.operations[operation]?.output ?? ""];
  const streams =
    shape !== undefined && "members" in shape
      ? Object.entries(shape.members).filter(([, member]) => member.streaming && member.target !== undefined)
      : [];
  const hidden = new Set([
    ...streams.map(([name]) => name),
    "ExpiresString",
    ...(model.service === "s3" ? ["Expires"] : []),
  ]);
  if (model.service === "s3" && shape !== undefined && "members" in shape && "Metadata" in shape.members)
    output["Metadata"] ??= {};
  return Object.fromEntries(Object.entries(output).filter(([name]) => !hidden.has(name)));
};

const tripOnce = async (sdk: Package, model: ServiceModel, operation: string, random: Random): Promise<Problem[]> => {
  const problems: Problem[] = [];
  const facets = model.operations[operation];
  const values = new Values(model, random);
  const given = tame(model, operation, values.structure(facets?.input, 0));
  const answered = judged(model, operation, values.structure(facets?.output, 0));
  let arrived = false;
  const client = clientOf(sdk, model, async (request) => {
    const protocol = protocolFor(model, request);
    if (protocol.name !== model.protocols[0]) problems.push({ operation, what: "protocol", detail: protocol.name });
    const unsigned = signedProperly(model, request);
    if (unsigned !== undefined) problems.push({ operation, what: "signature", detail: unsigned });
    const route = protocol.route(model, request);
    if (route?.operation !== operation)
      problems.push({
        operation,
        what: "route",
        detail: `${request.method} ${request.path}?${request.query} went to ${route?.operation}`,
      });
    else {
      arrived = true;
      const got = await settled(protocol.parse(model, route, request));
      const detail = difference(await settled(given), got);
      if (detail !== undefined) problems.push({ operation, what: "input", detail });
    }
    return protocol.serialise(model, operation, answered, facts);
  });
  const Command = sdk[`${operation}Command`] as Constructor<unknown> | undefined;
  if (Command === undefined) return [{ operation, what: "command", detail: "the client has none" }];
  try {
    const { $metadata: _metadata, ...output } = await client.send(new Command(given));
    const detail = difference(await settled(answered), await settled(judged(model, operation, output)));
    if (detail !== undefined) problems.push({ operation, what: "output", detail });
  } catch (error) {
    problems.push({
      operation,
      what: arrived ? "output" : "send",
      detail: String(error instanceof Error ? error.stack?.slice(0, 400) : error),
    });
  }
  return problems;
};

/** Every modelled error of a service, thrown from an operation that may throw it, arrives as the SDK's class with its members. */
const errorTrips = async (sdk: Package, model: ServiceModel, random: Random): Promise<Problem[]> => {
  const problems: Problem[] = [];
  const operations = Object.entries(model.operations).filter(
    ([name, { http }]) => http?.method !== "HEAD" && sdk[`${name}Command`] !== undefined,
  );
  const values = new Values(model, random);
  for (const [code, shape] of Object.entries(model.shapes)) {
    if (!("members" in shape) || shape.error === undefined || `${model.service}:${code}` in errorExceptions) continue;
    const [operation, facets] = operations.find(([, { errors }]) => errors?.includes(code)) ?? operations[0] ?? [];
    if (operation === undefined) continue;
    const { message: _message, Message: _Message, ...members } = values.structure(code, 0);
    const thrown = new AwsError(code, `${code} & <so on>`, {
      status: shape.error.status,
      fault: shape.error.fault,
      members,
    });
    const client = clientOf(sdk, model, (request) =>
      Promise.resolve(protocolFor(model, request).serialiseError(model, operation, thrown, facts)),
    );
    const Command = sdk[`${operation}Command`] as Constructor<unknown>;
    try {
      await client.send(new Command(tame(model, operation, values.structure(facets?.input, 0))));
      problems.push({ operation, what: "error", detail: `${code} was no error` });
    } catch (error) {
      if (!(error instanceof (sdk[code] as Constructor<Error>)) || error.message !== thrown.message) {
        problems.push({ operation, what: "error", detail: `${code} became ${String(error)}` });
        continue;
      }
      const got = Object.fromEntries(Object.keys(members).map((name) => [name, (error as unknown as Bag)[name]]));
      const detail = difference(await settled(members), await settled(got));
      if (detail !== undefined) problems.push({ operation, what: "error members", detail: `${code} ${detail}` });
    }
  }
  return problems;
};

const only = process.env["ONLY"];

type Subject = {
  readonly name: string;
  readonly client: string;
  readonly model: ServiceModel;
  readonly protocol?: ProtocolName;
};

const defaults: readonly Subject[] = serviceSources.map(({ service, client }) => ({
  name: service,
  client,
  model: loadModel(service),
}));

/** Protocols a service answers besides the one its client speaks by itself. */
const others: readonly Subject[] = defaults.flatMap(({ client, model }) =>
  model.protocols.slice(1).map((protocol) => ({
    name: `${model.service} over ${protocol}`,
    client,
    model: { ...model, protocols: [protocol] },
    protocol,
  })),
);

const protocolClasses: Partial<Record<ProtocolName, string>> = {
  awsQuery: "AwsQueryProtocol",
  rpcv2Cbor: "AwsSmithyRpcV2CborProtocol",
};

const packageOf = async ({ client, protocol }: Subject): Promise<Package> => {
  const sdk = (await import(`@aws-sdk/${client}`)) as Package;
  if (protocol === undefined) return sdk;
  // Not a dependency of ours: it comes with every client.
  const classes = (await import(`@aws-sdk/${"core/protocols"}`)) as Package;
  return { ...sdk, protocol: classes[protocolClasses[protocol] ?? ""] };
};

describe("every operation and every error survives the wire in both directions", () => {
  for (const subject of [...defaults, ...others]) {
    const { name, model } = subject;
    if (only !== undefined && !only.split(",").includes(model.service)) continue;
    test(name, async () => {
      const sdk = await packageOf(subject);
      const problems: Problem[] = [];
      let seed = 1;
      for (const operation of Object.keys(model.operations)) {
        if (`${name}:${operation}` in exceptions) continue;
        for (let round = 0; round < rounds; round += 1)
          problems.push(...(await tripOnce(sdk, model, operation, seeded((seed += 7919)))));
      }
      problems.push(...(await errorTrips(sdk, model, seeded(42))));
      expect(problems.map(({ operation, what, detail }) => `${operation} ${what} ${detail}`)).toEqual([]);
    });
  }
});
