// One request from its bytes to its answer: refuse foreign hosts, open our own doors, or make the AWS call.

import type { Cloud } from "../cloud/cloud.ts";
import { SENDER, senderOf, type Sender } from "../cloud/sender.ts";
import type { World } from "../cloud/world.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { answerCall } from "./answer-call.ts";
import { throughDoors } from "./doors.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { isOfConnection } from "./execute-api.ts";
import { isOurHost } from "./hosts.ts";
import { knowsKey } from "./identify.ts";
import { internalAnswer, notBelowAws } from "./internal.ts";
import { drop } from "./plain-answer.ts";

/** The handler of one world: sockets and in-process clients share it. */
export function handlerOf(cloud: Cloud, own: World): (request: Incoming) => Promise<Outgoing> {
  const answer = (request: Incoming, world: World): Promise<Outgoing> | Outgoing => {
    if (!isOurHost(request.host, cloud.hosts)) return answerNamed(request, world);
    if (request.path.startsWith("/_") || mayBeForDoor(request)) return answerBesides(request, world);
    return answerCall(cloud, world, request);
  };
  const answerNamed = async (request: Incoming, world: World): Promise<Outgoing> =>
    (await throughDoors(cloud, world, request)) ?? foreignHost(request);
  const answerBesides = async (request: Incoming, world: World): Promise<Outgoing> => {
    if (isInternal(request.path)) {
      const internal = await internalAnswer(cloud, world, request);
      if (internal !== undefined) return internal;
    }
    if (mayBeForDoor(request)) {
      const through = await throughDoors(cloud, world, request);
      if (through !== undefined) return through;
    }
    if (request.path.startsWith("/_aws/") && !isOfConnection(request)) return notBelowAws(request);
    return answerCall(cloud, world, request);
  };
  return async (received) => {
    const end = cloud.blobs.begin();
    const said = received.headers[SENDER];
    const sender = said === undefined ? undefined : senderOf(cloud, said);
    const request = sender === undefined ? received : unmarked(received, sender);
    const { name, fork, host } = forkOf(cloud, request.host);
    const addressed = (fork?.world ?? own).current;
    try {
      if (fork === undefined && cloud.forks.isGone(name)) return await goneFork(cloud, request, name);
      // What a process does after its world has ended is lost with it.
      if (sender !== undefined && sender.world === undefined) return await goneFork(cloud, request, received.host);
      const world = sender?.world ?? worldOfSigner(cloud, addressed, request) ?? addressed;
      const before = cloud.written;
      const asked = fork === undefined ? request : { ...request, host };
      const { gate } = world;
      const outgoing = await (gate.closed === undefined ? answer(asked, world) : gate.late(() => answer(asked, world)));
      const acknowledged = cloud.acknowledged(world, before);
      if (acknowledged === undefined) return outgoing;
      return await acknowledged.then(
        () => outgoing,
        (error: unknown) => notKept({ cloud, world, request }, outgoing, error),
      );
    } finally {
      end();
    }
  };
}

type Addressed = {
  /** Of a fork, gone or not; empty for names of no fork. */
  readonly name: string;
  readonly fork: ReturnType<Cloud["forks"]["find"]>;
  /** As it would be without the fork's name. */
  readonly host: string;
};

export function forkOf(cloud: Cloud, host: string): Addressed {
  const found = host.endsWith(".localhost") ? FORK_HOST.exec(host) : null;
  const name = found?.[2] ?? "";
  const fork = name === "" ? undefined : cloud.forks.find(name);
  return { name, fork, host: fork === undefined ? host : `${found?.[1] ?? ""}localhost` };
}

/** `<fork>.localhost`, and everything below it, is that fork's as `localhost` is ours. */
const FORK_HOST = /^(.+\.)?([a-z][a-z0-9-]*)\.localhost$/;

/** The disk did not take what the call wrote: in the caller's protocol, unless it is one of our own. */
async function notKept(
  { cloud, world, request }: { readonly cloud: Cloud; readonly world: World; readonly request: Incoming },
  { body }: Outgoing,
  error: unknown,
): Promise<Outgoing> {
  await drop(body);
  if (isInternal(request.path)) throw error;
  return answerCall(cloud, world, request, error);
}

/** Never the main world in its stead: what was meant for a fork must not change it. */
async function goneFork(cloud: Cloud, request: Incoming, name: string): Promise<Outgoing> {
  const message = `There is no fork "${name}" any more.`;
  if (request.path.startsWith("/_hangar/"))
    return {
      status: 410,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: "ForkGone", message }),
    };
  return answerCall(cloud, cloud.world, request, new AwsError("ForkGone", message, { status: 410 }));
}

/** As it would have come without our mark: what we answer with must not show it. */
function unmarked(request: Incoming, { cause, traceHeader }: Sender): Incoming {
  const { [SENDER]: _sender, ...sent } = request.headers;
  const headers = traceHeader === undefined ? sent : { "x-amzn-trace-id": traceHeader, ...sent };
  const rawHeaders = request.rawHeaders.filter(
    (_each, at) => request.rawHeaders[at - (at % 2)]?.toLowerCase() !== SENDER,
  );
  return { ...request, headers, rawHeaders, cause };
}

const SIGNER = /Credential=(ASIA\w+)(?:\/|%2F)/i;

/**
 * What our own processes sign, headers or URLs, belongs to the world they work for, wherever it arrives; and so does what
 * they sign with a role they assumed there.
 */
function worldOfSigner(cloud: Cloud, addressed: World, request: Incoming): World | undefined {
  const signed = request.headers["authorization"] ?? request.query;
  const accessKeyId = signed.includes("Credential=ASIA") ? SIGNER.exec(signed)?.[1] : undefined;
  if (accessKeyId === undefined) return undefined;
  const worker = cloud.processKey(accessKeyId);
  if (worker !== undefined) return worker.world;
  if (cloud.forks.size === 0 || knowsKey(cloud, addressed, accessKeyId)) return undefined;
  for (const fork of cloud.forks.all()) {
    const world = fork.world.current;
    if (knowsKey(cloud, world, accessKeyId)) return world;
  }
  return undefined;
}

function isInternal(path: string): boolean {
  return path.startsWith("/_hangar/") || path.startsWith("/_localstack/") || path.startsWith("/_aws/");
}

/** Signed API calls to a plain host are never for a website, an API or a function URL: they skip the question. */
function mayBeForDoor(request: Incoming): boolean {
  const authorization = request.headers["authorization"];
  if (request.headers["x-amz-target"] !== undefined || isOfConnection(request)) return false;
  if (authorization === undefined || !authorization.startsWith("AWS4-HMAC-SHA256")) return true;
  return (
    /\.execute-api\.|\.lambda-url\.|s3-website|\/_user_request_|^[^.]+\.cloudfront\./.test(request.host) ||
    request.path.includes("/_user_request_") ||
    authorization.includes("/execute-api/")
  );
}

function foreignHost(request: Incoming): Outgoing {
  return {
    status: 403,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: `Hangar does not answer for the host "${request.host}". Add it to "hosts" if it is yours.\n`,
  };
}
