// Usage plans: which key a call has, how often it may call, and how often it did.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html

import type { ApiStage, ThrottleSettings } from "../../../models/apigateway.d.ts";
import { take } from "../../../kernel/token-bucket.ts";
import { failures } from "../rules/failure.ts";
import { buckets } from "../rules/memory.ts";
import { dayOf, periodOf } from "../rules/usage-plan.ts";
import { key, type ApiGatewayContext, type ApiKeyRow, type UsagePlanRow } from "../store.ts";

export type KeyedCall = {
  readonly context: ApiGatewayContext;
  readonly value: string | undefined;
  readonly apiId: string;
  readonly stage: string;
  /** Names that limits of a method have in a plan, the nearest first. */
  readonly methods: readonly string[];
};

export type Plan = { readonly plan: UsagePlanRow; readonly apiStage: ApiStage; readonly row: ApiKeyRow };

/** The one plan that the call's key has for its stage. */
export function planOf({ context, value, apiId, stage }: KeyedCall): Plan {
  const { store } = context;
  const row = store.apiKeys.get((value === undefined ? undefined : store.keyValues.get(value)) ?? "");
  if (row?.enabled !== true) throw failures.forbidden();
  for (const { planId, keyId } of store.planKeys.rows()) {
    const plan = keyId === row.id ? store.usagePlans.get(planId) : undefined;
    const apiStage = plan?.apiStages?.find((each) => each.apiId === apiId && each.stage === stage);
    if (plan !== undefined && apiStage !== undefined) return { plan, apiStage, row };
  }
  throw failures.forbidden();
}

export function countCall(call: KeyedCall, found: Plan): void {
  throttle(call, found);
  count(call.context, found);
}

function throttle({ context, apiId, stage, methods }: KeyedCall, { plan, apiStage, row }: Plan): void {
  const own = methods.find((method) => apiStage.throttle?.[method] !== undefined);
  const limits = own === undefined ? plan.throttle : apiStage.throttle?.[own];
  if (limits === undefined) return;
  const place = `plan/${plan.id}/${row.id}${own === undefined ? "" : `/${apiId}/${stage}${own}`}`;
  if (!take(buckets(context.world), place, limitsOf(limits), context.clock.now())) throw failures.throttled();
}

/** Negative limits are none. */
export function limitsOf({ rateLimit, burstLimit }: ThrottleSettings): ThrottleSettings {
  const limits: { rateLimit?: number; burstLimit?: number } = {};
  if (rateLimit !== undefined && rateLimit >= 0) limits.rateLimit = rateLimit;
  if (burstLimit !== undefined && burstLimit >= 0) limits.burstLimit = burstLimit;
  return limits;
}

function count({ store, clock }: ApiGatewayContext, { plan, row }: Plan): void {
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
