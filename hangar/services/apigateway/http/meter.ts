// API keys and usage plans: who may call how often, and the stage's own throttles.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html

import type { ApiStage, ThrottleSettings } from "../../../models/apigateway.d.ts";
import { take } from "../../../kernel/token-bucket.ts";
import { failures } from "../rules/failure.ts";
import { header, type Invocation } from "../rules/invocation.ts";
import { buckets } from "../rules/memory.ts";
import type { Route } from "../rules/routes.ts";
import { methodSetting } from "../rules/throttle.ts";
import { dayOf, periodOf } from "../rules/usage-plan.ts";
import { key, type ApiKeyRow, type UsagePlanRow } from "../store.ts";

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

/** Negative limits are none. */
function limitsOf({ rateLimit, burstLimit }: { rateLimit?: number | undefined; burstLimit?: number | undefined }) {
  const limits: { rateLimit?: number; burstLimit?: number } = {};
  if (rateLimit !== undefined && rateLimit >= 0) limits.rateLimit = rateLimit;
  if (burstLimit !== undefined && burstLimit >= 0) limits.burstLimit = burstLimit;
  return limits;
}

function countAgainstPlan(invocation: Invocation, route: Route): void {
  const row = keyOf(invocation);
  if (row === undefined || row.enabled !== true) throw failures.forbidden();
  const found = planOf(invocation, row);
  if (found === undefined) throw failures.forbidden();
  invocation.apiKey = { id: row.id, value: row.value };
  throttle(invocation, route, { ...found, row });
  count(invocation, found.plan, row);
}

function keyOf(invocation: Invocation): ApiKeyRow | undefined {
  const { store } = invocation.context;
  const source = invocation.compiled.snapshot.apiKeySource;
  const value = source === "AUTHORIZER" ? invocation.usageIdentifierKey : header(invocation, "x-api-key");
  const id = value === undefined ? undefined : store.keyValues.get(value);
  return id === undefined ? undefined : store.apiKeys.get(id);
}

type Found = { readonly plan: UsagePlanRow; readonly apiStage: ApiStage };

/** The one plan that the key has for this stage. */
function planOf({ context, api, stage }: Invocation, row: ApiKeyRow): Found | undefined {
  for (const { planId, keyId } of context.store.planKeys.rows()) {
    const plan = keyId === row.id ? context.store.usagePlans.get(planId) : undefined;
    const apiStage = plan?.apiStages?.find((each) => each.apiId === api.id && each.stage === stage.stageName);
    if (plan !== undefined && apiStage !== undefined) return { plan, apiStage };
  }
  return undefined;
}

function throttle(
  { context, httpMethod, api, stage }: Invocation,
  { resource, method }: Route,
  { plan, apiStage, row }: Found & { readonly row: ApiKeyRow },
): void {
  const world = buckets(context.world);
  const now = context.clock.now();
  const places = [`${resource.path}/${httpMethod}`, `${resource.path}/${method.httpMethod}`];
  const own = places.find((place) => apiStage.throttle?.[place] !== undefined);
  const limits: ThrottleSettings | undefined = own === undefined ? plan.throttle : apiStage.throttle?.[own];
  if (limits === undefined) return;
  const place = `plan/${plan.id}/${row.id}${own === undefined ? "" : `/${api.id}/${stage.stageName}${own}`}`;
  if (!take(world, place, limitsOf(limits), now)) throw failures.throttled();
}

function count({ context }: Invocation, plan: UsagePlanRow, row: ApiKeyRow): void {
  const { store, clock } = context;
  const day = key(plan.id, row.id, dayOf(clock.now()));
  const used = (store.usage.get(day)?.used ?? 0) + 1;
  if (plan.quota === undefined) {
    store.usage.put(day, { used, remaining: 0 });
    return;
  }
  const period = periodOf(plan.quota, clock.now());
  const place = key(plan.id, row.id);
  const before = store.quotas.get(place);
  const state = before?.period === period ? before : { period, used: 0, extra: 0 };
  const limit = (plan.quota.limit ?? 0) + state.extra;
  if (state.used >= limit) throw failures.quotaExceeded();
  store.quotas.put(place, { ...state, used: state.used + 1 });
  store.usage.put(day, { used, remaining: limit - state.used - 1 });
}
