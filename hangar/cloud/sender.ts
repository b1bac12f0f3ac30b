// Who asks over plain HTTP, when it is one of ours: a function's process, or a service that calls an address a user gave it.

import type { Span } from "../kernel/trace.ts";
import type { Cloud } from "./cloud.ts";
import type { Context } from "./operation.ts";
import { headerFor, spanOfHeader } from "./trace-header.ts";
import type { World } from "./world.ts";

/** `<process key or world> <X-Ray header>`. Nothing else says which fork such a request belongs to: all know one address. */
export const SENDER = "x-hangar-sender";

export type Sender = {
  /** Undefined when its world is gone. */
  readonly world: World | undefined;
  /** What it was doing. */
  readonly cause: Span | undefined;
  /** Goes on as X-Amzn-Trace-Id. */
  readonly traceHeader: string | undefined;
};

export function senderOf(cloud: Cloud, said: string): Sender {
  const [id = "", traceHeader] = said.split(" ");
  const found = cloud.processKey(id)?.world ?? cloud.world.family().find((world) => world.id === id);
  const world = found?.disposed === true ? undefined : found;
  return { world, cause: world === undefined ? undefined : spanOfHeader(world, traceHeader), traceHeader };
}

/** Headers for a request that a service makes: none when it leaves for somewhere else. */
export function senderHeaders(
  context: Pick<Context<never>, "request" | "span" | "world" | "clock" | "ids" | "endpoint">,
  url: string,
  span: Span = context.span,
): Readonly<Record<string, string>> {
  const { host } = new URL(context.endpoint);
  const target = new URL(url);
  const here = target.host === host || (target.hostname.endsWith(".localhost") && target.port === portOf(host));
  return here ? { [SENDER]: `${context.world.id} ${headerFor(context, span)}` } : {};
}

function portOf(host: string): string {
  return host.split(":")[1] ?? "";
}
