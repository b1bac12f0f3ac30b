// An AWS API call over the wire: locate the service, read the body, identify the caller, parse, run, serialise.

import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import { AwsError, notEmulated } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { ServiceModel } from "../models/model.ts";
import { protocolFor } from "../protocols/protocol-for.ts";
import type { Protocol, ResponseFacts, WireResponse } from "../protocols/protocol.ts";
import { s3Route } from "../protocols/s3-address.ts";
import { checkS3Body } from "../protocols/s3-body.ts";
import { parseCredential } from "../protocols/sigv4.ts";
import { factsOf } from "./doors.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { locate, strangerModel, strangerOf } from "./locate.ts";
import { formOf, isForm, isWhole, readRequest, readWhole, type Formed, type Read } from "./read-call.ts";
import { streamsOut } from "./streaming-payloads.ts";
import { witnessed } from "./witness.ts";

/** With a refusal nothing is run: it is said in the caller's protocol. */
export async function answerCall(cloud: Cloud, world: World, incoming: Incoming, refusal?: unknown): Promise<Outgoing> {
  const facts: ResponseFacts = { requestId: world.ids.uuid() };
  let credential: ReturnType<typeof parseCredential>;
  let early: unknown = refusal;
  try {
    credential = parseCredential(incoming);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    early ??= error;
  }
  let formed: Formed = { form: undefined, incoming };
  try {
    if (isForm(incoming)) formed = await formOf(incoming);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    early ??= error;
  }
  const located = locate(formed.incoming, credential?.service, formed.form);
  const stranger = located === undefined ? strangerOf(incoming, credential?.service, formed.form) : undefined;
  const service = located ?? stranger ?? "s3";
  const model = stranger === undefined ? loadModel(service) : strangerModel(stranger);
  const protocol = protocolFor(model, formed.incoming);
  let operation: string | undefined;
  try {
    if (early !== undefined) throw early;
    if (stranger !== undefined) throw notEmulated(`the service ${stranger}`);
    const reading = { form: formed.form, incoming: formed.incoming, model, protocol, credential };
    if (credential !== undefined && cloud.loaded("iam") === undefined) await cloud.load("iam");
    const read = isWhole(reading) ? readWhole(cloud, world, reading) : await readRequest(cloud, world, reading);
    operation = read.route.operation;
    return await run(cloud, world, { read, model, protocol, facts, incoming });
  } catch (thrown) {
    const error =
      world.current === world ? awsError({ cloud, world }, thrown, `${service}:${operation ?? "?"}`) : replaced();
    return headless(incoming, protocol.serialiseError(model, operation, error, facts));
  }
}

type Place = { readonly cloud: Cloud; readonly world: World };

function awsError({ cloud, world }: Place, thrown: unknown, where: string): AwsError {
  return thrown instanceof AwsError ? thrown : cloud.bug(where, thrown, world);
}

/** The world ended under the call. Clients ask again, and find the one that took its place. */
function replaced(): AwsError {
  return new AwsError("ServiceUnavailable", "This world was replaced while the call ran.", { status: 503 });
}

type Running = {
  readonly read: Read;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly facts: ResponseFacts;
  readonly incoming: Incoming;
};

async function run(cloud: Cloud, world: World, { read, model, protocol, facts, incoming }: Running): Promise<Outgoing> {
  const { request, identified } = read;
  const route = model.service === "s3" ? s3Route(read.route) : read.route;
  const { caller } = identified;
  if (model.service === "s3" && request.method !== "GET" && request.stream === undefined)
    await checkS3Body(route.operation, request);
  const input = protocol.parse(model, route, request);
  const requestFacts = factsOf(cloud, incoming, facts.requestId);
  const account = caller.kind === "anonymous" ? cloud.account : caller.account;
  const region = identified.region ?? cloud.region;
  const call = {
    world,
    service: model.service,
    operation: route.operation,
    input,
    caller,
    account,
    region,
    request: requestFacts,
    parent: incoming.cause,
  };
  const { query } = incoming;
  const started = performance.now();
  try {
    const output = await cloud.call(call);
    const answer = protocol.serialise(model, route.operation, output, facts);
    Object.assign(answer.headers, cloud.responseHeaders(call));
    const outgoing = streamsOut(model, route.operation) ? { ...answer, streams: true } : answer;
    return witnessed(cloud, model.service, call, { answer: outgoing, input, query, started });
  } catch (error) {
    if (!(error instanceof AwsError) || world.current !== world) throw error;
    const answer = protocol.serialiseError(model, route.operation, error, facts);
    Object.assign(answer.headers, cloud.responseHeaders(call));
    const outgoing = headless(incoming, answer);
    return witnessed(cloud, model.service, call, { answer: outgoing, input, query, started, errorCode: error.code });
  }
}

function headless(incoming: Incoming, answer: WireResponse): Outgoing {
  return incoming.method === "HEAD" ? { ...answer, body: "" } : answer;
}
