// Who signed a request: a key that was issued is checked in full, any other is the root user of its account.

import type { Cloud } from "../cloud/cloud.ts";
import { ANONYMOUS, houseRequest, rootOf } from "../cloud/call.ts";
import { CallContext } from "../cloud/context.ts";
import type { Caller } from "../cloud/operation.ts";
import type { World } from "../cloud/world.ts";
import type { AccessPort, KeyOwner } from "../ports/access.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { isRegion } from "../kernel/regions.ts";
import { wrongRegion, type SignatureDialect } from "../protocols/sigv4-errors.ts";
import { amzDateMs } from "../protocols/sigv4-key.ts";
import { checkUrlTime, verify, type ChunkSigning, type Credential } from "../protocols/sigv4.ts";
import type { Incoming } from "./exchange.ts";
import { fromForeignPage } from "./hosts.ts";

export type Identified = {
  readonly caller: Caller;
  readonly region?: string | undefined;
  readonly chunkSigning?: ChunkSigning | undefined;
};

export type Identifying = {
  readonly request: Incoming;
  readonly credential: Credential;
  /** The body as sent, when it was read; undefined for streams. */
  readonly body: Uint8Array | undefined;
  readonly dialect: SignatureDialect;
};

/** A caller who proves nothing. S3 says what is wrong with what he says of himself. */
export function unsigned(service: string, { authorization }: Readonly<Record<string, string>>): Identified {
  if (service !== "s3" || authorization === undefined) return { caller: ANONYMOUS };
  const message = /^[^ ]+ [^ ]+$/.test(authorization)
    ? "Unsupported Authorization Type"
    : "Authorization header is invalid -- one and only one ' ' (space) required";
  throw new AwsError("InvalidArgument", message, {
    members: { ArgumentName: "Authorization", ArgumentValue: authorization },
  });
}

/** Throws AWS's error for a signature that does not hold, an expired session or a key that nobody issued (when strict). */
export function identify(cloud: Cloud, world: World, { request, credential, body, dialect }: Identifying): Identified {
  if (dialect === "s3" && credential.kind !== "queryV2" && !isRegion(credential.region))
    throw wrongRegion(credential.kind, credential.region, cloud.region);
  const owner = issuedTo(cloud, world, credential.accessKeyId, dialect);
  if (owner === undefined && cloud.strict) throw unknownKey(dialect, credential.accessKeyId);
  if (owner !== undefined) checkSession(world, { owner, credential, dialect, request });
  const secretAccessKey = owner === undefined ? CONVENTIONAL[credential.accessKeyId] : owner.secretAccessKey;
  // Everybody knows such keys, any page on the web too: only what S3's presigned URLs are for is left to it.
  if (owner === undefined && dialect !== "s3" && fromForeignPage(request.headers)) return { caller: ANONYMOUS };
  const region = credential.region === "" ? undefined : credential.region;
  const caller = owner?.caller ?? rootOf(accountOf(cloud, credential.accessKeyId));
  // Clients know nothing of a clock that was moved: what a URL grants ends by the world's time since it was signed.
  const signed = amzDateMs(credential.amzDate);
  const { clock } = world;
  const ofSigner = credential.kind === "header" ? clock.nearest : (date: number): number => date + clock.since(date);
  const now = signed === undefined ? clock.now() : ofSigner.call(clock, signed);
  if (secretAccessKey === undefined) {
    if (credential.kind !== "header") checkUrlTime({ credential, dialect, now });
    return { caller, region };
  }
  return { caller, region, chunkSigning: verify({ request, credential, secretAccessKey, dialect, now, body }) };
}

/** Keys whose secret everybody uses; for any other that nobody issued, nobody can know it. */
const CONVENTIONAL: Readonly<Record<string, string>> = { test: "test" };

/** A key that was deleted or made inactive is as unknown as one that never was. */
function issuedTo(cloud: Cloud, world: World, accessKeyId: string, dialect: SignatureDialect): KeyOwner | undefined {
  try {
    return ownerOf(cloud, world, accessKeyId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw unknownKey(dialect, accessKeyId);
  }
}

function unknownKey(dialect: SignatureDialect, accessKeyId: string): AwsError {
  if (dialect === "s3")
    return new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", {
      status: 403,
      members: { AWSAccessKeyId: accessKeyId },
    });
  if (dialect === "query")
    return new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", {
      status: 403,
    });
  return new AwsError("UnrecognizedClientException", "The security token included in the request is invalid.", {
    status: dialect === "json" ? 400 : 403,
  });
}

type Session = {
  readonly owner: KeyOwner;
  readonly credential: Credential;
  readonly dialect: SignatureDialect;
  readonly request: Incoming;
};

function checkSession(world: World, { owner, credential, dialect, request }: Session): void {
  const token = credential.sessionToken ?? request.headers["x-amz-security-token"];
  if (owner.sessionToken !== undefined && token !== owner.sessionToken) {
    throw dialect === "s3"
      ? new AwsError("InvalidToken", "The provided token is malformed or otherwise invalid.")
      : unknownKey(dialect, credential.accessKeyId);
  }
  if (owner.expiration === undefined || owner.expiration > world.clock.now()) return;
  if (dialect === "s3") throw new AwsError("ExpiredToken", "The provided token has expired.");
  if (dialect === "query")
    throw new AwsError("ExpiredToken", "The security token included in the request is expired", { status: 403 });
  throw new AwsError("ExpiredTokenException", "The security token included in the request is expired", {
    status: dialect === "json" ? 400 : 403,
  });
}

/** A 12-digit key names its account. */
function accountOf(cloud: Cloud, accessKeyId: string): string {
  return /^\d{12}$/.test(accessKeyId) ? accessKeyId : cloud.account;
}

/** Whether a session's key was issued in a world, or in one it was forked from. */
export function knowsKey(cloud: Cloud, world: World, accessKeyId: string): boolean {
  return keyOwner(cloud, world, accessKeyId) !== undefined;
}

/** A process signs with the key it was started with; who it is, the key says that stands for it in this world. */
function ownerOf(cloud: Cloud, world: World, accessKeyId: string): KeyOwner | undefined {
  const process = cloud.processKey(accessKeyId);
  if (process?.world !== world) return keyOwner(cloud, world, accessKeyId);
  const owner = keyOwner(cloud, world, process.accessKeyId);
  const { secretAccessKey, sessionToken } = process;
  return owner === undefined ? undefined : { ...owner, secretAccessKey, sessionToken };
}

/** The access port on the path of every request: made once a world, since it asks nothing of the call. */
function keyOwner(cloud: Cloud, world: World, accessKeyId: string): KeyOwner | undefined {
  let port = world.attachments.get(ACCESS) as AccessPort | undefined;
  if (port === undefined) {
    const iam = cloud.loaded("iam");
    const provide = iam?.provides?.access;
    if (iam === undefined || provide === undefined) return undefined;
    const span = { id: 0, parent: undefined, kind: "call" as const, name: "identify", at: 0, attributes: {} };
    const facts = {
      world,
      operation: "identify",
      account: cloud.account,
      region: cloud.region,
      caller: rootOf(cloud.account),
      request: houseRequest(cloud),
    };
    const context = new CallContext(cloud, iam, facts, span);
    port = provide(context as never);
    world.attachments.set(ACCESS, port);
  }
  return port.keyOwner(accessKeyId);
}

const ACCESS = "gateway.access";
