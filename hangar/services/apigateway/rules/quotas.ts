// How many things an API may have. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html

import { limitExceeded } from "../errors.ts";

const MOST = { Resources: 300, Stages: 10, Authorizers: 10 } as const;

/** `there` is how many there are before another is made. */
export function checkQuota(things: keyof typeof MOST, there: number): void {
  if (there >= MOST[things]) throw limitExceeded(things);
}
