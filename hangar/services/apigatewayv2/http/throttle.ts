// Throttles of a stage: of one route where it has its own, else of all that have not.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html

import { take } from "../../../kernel/token-bucket.ts";
import type { Invocation } from "../rules/invocation.ts";
import { buckets } from "../rules/memory.ts";
import { refusals } from "../rules/refusal.ts";

export type Throttled = Pick<Invocation, "context" | "api" | "stage">;

export function throttle(invocation: Throttled, routeKey: string): void {
  const { RouteSettings = {}, DefaultRouteSettings = {} } = invocation.stage;
  const own = RouteSettings[routeKey];
  const settings = own ?? DefaultRouteSettings;
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } = settings;
  if (rateLimit === undefined && burstLimit === undefined) return;
  const { context, api, stage } = invocation;
  const place = `${api.ApiId}/${stage.StageName}/${own === undefined ? "" : routeKey}`;
  if (!take(buckets(context.world), place, { rateLimit, burstLimit }, context.clock.now())) throw refusals.throttled();
}
