// Requests that are no AWS calls: websites, APIs, function URLs, form uploads. Each service says which are its own.

import type { Cloud } from "../cloud/cloud.ts";
import { ANONYMOUS } from "../cloud/call.ts";
import { CallContext } from "../cloud/context.ts";
import type { Caller, RequestFacts } from "../cloud/operation.ts";
import { services } from "../cloud/services.ts";
import type { HttpDoor, HttpRequest } from "../cloud/service.ts";
import { spanOfHeader } from "../cloud/trace-header.ts";
import type { World } from "../cloud/world.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { WholeBody } from "../kernel/whole-body.ts";
import { isOurHost } from "./hosts.ts";
import { readAll, received, type Incoming, type Outgoing } from "./exchange.ts";
import { identify } from "./identify.ts";
import { parseCredential } from "../protocols/sigv4.ts";
import { witnessed } from "./witness.ts";

/** LocalStack's paths that look into one service: its doors alone are asked. */
export const DEVELOPER_PATH =
  /^\/_aws\/(?:(sqs|sns|ses|dynamodb|events|cloudwatch)(?=\/|$)|(lambda)\/(?:runtimes|init)\/?$)/;

const SIGNED_BODY_LIMIT = 10 * 1024 * 1024;

export async function throughDoors(cloud: Cloud, world: World, incoming: Incoming): Promise<Outgoing | undefined> {
  const request: HttpRequest = incoming;
  const service = DEVELOPER_PATH.exec(request.path)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (service !== undefined && services[service] === undefined) return undefined;
  for (const { definition, door } of await cloud.doors(service)) {
    const found = asked(cloud, door, request, world);
    if (found === undefined) continue;
    await cloud.load("iam");
    const account = found.account ?? cloud.account;
    const cause = incoming.cause ?? spanOfHeader(world, incoming.headers["x-amzn-trace-id"]);
    const span = world.trace.begin("http", `${request.method} ${request.host}${request.path}`, cause, {
      door: door.name,
    });
    const started = performance.now();
    try {
      const { caller, body } = await callerOfDoor(cloud, world, incoming);
      const facts: RequestFacts = factsOf(cloud, incoming, world.ids.uuid());
      const region = found.region ?? cloud.region;
      const call = { world, operation: door.name, account, region, caller, request: facts };
      const context = new CallContext(cloud, definition, call, span);
      const answer = await door.handle({ ...request, body: received(body) }, found.data as never, context as never);
      world.trace.end(
        span,
        performance.now() - started,
        answer.status >= 400 ? { code: String(answer.status), message: "" } : undefined,
      );
      return witnessed(
        cloud,
        definition.name,
        { ...call, parent: span },
        { answer, input: found.data, query: request.query, started },
      );
    } catch (thrown) {
      const error = thrown instanceof AwsError ? thrown : cloud.bug(door.name, thrown, world);
      world.trace.end(span, performance.now() - started, { code: error.code, message: error.message });
      return {
        status: error.status,
        headers: { "content-type": "application/json", "x-amzn-errortype": error.code },
        body: JSON.stringify({ message: error.message }),
      };
    }
  }
  return undefined;
}

/** What a request is for at a door: by any address, or at a foreign host by that alone. */
export function asked(cloud: Cloud, door: HttpDoor, request: HttpRequest, world: World): ReturnType<HttpDoor["match"]> {
  return isOurHost(request.host, cloud.hosts) ? door.match(request, world) : door.named?.(request, world);
}

/** A signed request is its signer's; every other is anonymous. */
export async function callerOfDoor(
  cloud: Cloud,
  world: World,
  incoming: Incoming,
): Promise<{ caller: Caller; body: AsyncIterable<Uint8Array> }> {
  const credential = parseCredential(incoming);
  // A browser asks for a presigned URL as it is: the signature is of the request that follows.
  const preflight = incoming.method === "OPTIONS" && credential?.kind !== "header";
  if (credential === undefined || preflight) return { caller: ANONYMOUS, body: incoming.body };
  const bytes = await readAll(incoming.body, SIGNED_BODY_LIMIT);
  const { caller } = identify(cloud, world, {
    request: incoming,
    credential,
    body: bytes,
    dialect: credential.service === "s3" ? "s3" : "rest",
  });
  return { caller, body: new WholeBody(bytes) };
}

export function factsOf(cloud: Cloud, incoming: Incoming, id: string): RequestFacts {
  return {
    id,
    host: incoming.headers["host"] ?? incoming.host,
    origin: incoming.headers["host"] === undefined ? cloud.origin : incoming.origin,
    secure: incoming.secure,
    sourceIp: incoming.sourceIp,
    userAgent: incoming.headers["user-agent"] ?? "",
    method: incoming.method,
    path: incoming.path,
    query: incoming.query,
    headers: incoming.headers,
    caller: incoming.caller,
  };
}
