// A call of one operation, whoever makes it, and the facts of calls that no request carried.

import type { Span } from "../kernel/trace.ts";
import type { Cloud } from "./cloud.ts";
import type { Caller, RequestFacts } from "./operation.ts";
import type { World } from "./world.ts";

/** A call of one operation, whoever makes it. */
export type Call = {
  readonly world: World;
  readonly service: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly caller: Caller;
  readonly account: string;
  readonly region: string;
  readonly request: RequestFacts;
  readonly parent?: Span | undefined;
};

export const ANONYMOUS: Caller = { kind: "anonymous", account: "anonymous", arn: "*", userId: "anonymous" };

export function rootOf(account: string): Caller {
  return { kind: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account };
}

/** Facts of calls that no request carried: scheduled work and seeds. */
export function houseRequest(cloud: Cloud): RequestFacts {
  return {
    id: cloud.world.ids.uuid(),
    host: new URL(cloud.origin).host,
    origin: cloud.origin,
    secure: false,
    sourceIp: "127.0.0.1",
    userAgent: "hangar",
    method: "POST",
    path: "/",
    headers: {},
  };
}
