// Who signed a request: a key that was issued is checked in full, any other is the root user of its account.

import type { Cloud } from "../cloud/cloud.ts";
import { houseRequest, rootOf } from "../cloud/cloud.ts";
import { CallContext } from "../cloud/context.ts";
import type { Caller } from "../cloud/operation.ts";
import type { World } from "../cloud/world.ts";
import type { AccessPort, KeyOwner } from "../ports/access.ts";
import { AwsError } from "../kernel/aws-error.ts";
import type { Credential } from "../protocols/sigv4.ts";
import type { Incoming } from "./exchange.ts";

export type Signature = Credential;

export type Identified = { readonly caller: Caller; readonly region?: string | undefined; readonly chunkSigning?: unknown };

export type Identifying = {
  readonly request: Incoming;
  readonly credential: Credential;
  /** The body as sent, when it was read; undefined for streams. */
  readonly body: Uint8Array | undefined;
  readonly service: string;
};

export function identify(cloud: Cloud, world: World, { credential }: Identifying): Identified {
  const owner = keyOwner(cloud, world, credential.accessKeyId);
  if (owner !== undefined) return { caller: owner.caller, region: credential.region };
  if (cloud.strict) throw new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", { status: 403 });
  return { caller: rootOf(accountOf(cloud, credential.accessKeyId)), region: credential.region };
}

/** A 12-digit key names its account. */
function accountOf(cloud: Cloud, accessKeyId: string): string {
  return /^\d{12}$/.test(accessKeyId) ? accessKeyId : cloud.account;
}

/** The access port on the path of every request: made once a world, since it asks nothing of the call. */
function keyOwner(cloud: Cloud, world: World, accessKeyId: string): KeyOwner | undefined {
  let port = world.attachments.get(ACCESS) as AccessPort | undefined;
  if (port === undefined) {
    const iam = cloud.loaded("iam");
    const provide = iam?.provides?.access;
    if (iam === undefined || provide === undefined) return undefined;
    const span = { id: 0, parent: undefined, kind: "call" as const, name: "identify", at: 0, attributes: {} };
    const context = new CallContext(cloud, iam, { world, operation: "identify", account: cloud.account, region: cloud.region, caller: rootOf(cloud.account), request: houseRequest(cloud), span });
    port = provide(context as never);
    world.attachments.set(ACCESS, port);
  }
  return port.keyOwner(accessKeyId);
}

const ACCESS = "gateway.access";
