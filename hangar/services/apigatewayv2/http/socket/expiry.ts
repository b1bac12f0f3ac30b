// How long a client may stay: ten minutes in silence, two hours at most.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html

import type { Connection } from "../../../../cloud/connections.ts";

export const EXPIRE = "apigatewayv2.expire-connection";

const IDLE = 10 * 60_000;
const LONGEST = 2 * 60 * 60_000;

export function idleUntil({ connectedAt, lastActiveAt }: Connection): number {
  return Math.min(lastActiveAt + IDLE, connectedAt + LONGEST);
}
