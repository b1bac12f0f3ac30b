// What was asked of the backend for an event, and what it said: for logs.

import type { SocketEvent } from "./session.ts";

export type IntegrationRun = {
  readonly status: number;
  /** Milliseconds. */
  readonly latency: number;
  readonly sent: string | Buffer;
  readonly received: string | Buffer;
};

type Exchange = Omit<IntegrationRun, "latency"> & { readonly began: number };

export function ran(event: SocketEvent, { began, ...exchange }: Exchange): void {
  event.integration = { ...exchange, latency: event.context.clock.now() - began };
}
