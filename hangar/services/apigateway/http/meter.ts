// Who may call how often: API keys and their usage plans, and the stage's own throttles.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html

import { take } from "../../../kernel/token-bucket.ts";
import { failures } from "../rules/failure.ts";
import { header, type Invocation } from "../rules/invocation.ts";
import { buckets } from "../rules/memory.ts";
import type { Route } from "../rules/routes.ts";
import { methodSetting } from "../rules/throttle.ts";
import { countCall, limitsOf, planOf, type KeyedCall } from "./plan-usage.ts";

export function meter(invocation: Invocation, route: Route): void {
  const { method, resource } = route;
  if (method.apiKeyRequired === true) countAgainstPlan(invocation, route);
  const { api, stage, httpMethod, context } = invocation;
  const found = methodSetting(stage, resource.path, httpMethod) ?? methodSetting(stage, resource.path, "ANY");
  if (found === undefined) return;
  const { throttlingRateLimit, throttlingBurstLimit } = found.setting;
  const limits = limitsOf({ rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit });
  const place = `stage/${api.id}/${stage.stageName}/${found.place}`;
  if (!take(buckets(context.world), place, limits, context.clock.now())) throw failures.throttled();
}

function countAgainstPlan(invocation: Invocation, { resource, method }: Route): void {
  const { context, api, stage, httpMethod } = invocation;
  const fromAuthorizer = invocation.compiled.snapshot.apiKeySource === "AUTHORIZER";
  const call: KeyedCall = {
    context,
    value: fromAuthorizer ? invocation.usageIdentifierKey : header(invocation, "x-api-key"),
    apiId: api.id,
    stage: stage.stageName,
    methods: [`${resource.path}/${httpMethod}`, `${resource.path}/${method.httpMethod}`],
  };
  const found = planOf(call);
  // Also a call that is throttled says in its log whose key it had.
  invocation.apiKey = { id: found.row.id, value: found.row.value };
  countCall(call, found);
}
