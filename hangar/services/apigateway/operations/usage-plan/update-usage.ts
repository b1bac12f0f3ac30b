// Gives a key more of its quota for the period. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateUsage.html

import type { UpdateUsageInput, UpdateUsageOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { dayOf, periodOf } from "../../rules/usage-plan.ts";
import { key, operation, planKeyOf, usagePlanOf } from "../../store.ts";

export const updateUsage = operation<UpdateUsageInput, UpdateUsageOutput>((input, context) => {
  const { store, clock } = context;
  const plan = usagePlanOf(context, input.usagePlanId);
  const { keyId } = planKeyOf(context, plan.id, input.keyId);
  if (plan.quota === undefined) throw badRequest("Usage Plan has no quota");
  const now = clock.now();
  const period = periodOf(plan.quota, now);
  const place = key(plan.id, keyId);
  const before = store.quotas.get(place);
  const used = before?.period === period ? before.used : 0;
  let remaining = (plan.quota.limit ?? 0) - used;
  for (const { op, path, value } of input.patchOperations ?? []) {
    if (op !== "replace" || path !== "/remaining") throw badRequest(`Invalid patch path ${path}`);
    remaining = Number(value);
  }
  store.quotas.put(place, { period, used, extra: remaining + used - (plan.quota.limit ?? 0) });
  const day = dayOf(now);
  const usedToday = store.usage.get(key(plan.id, keyId, day))?.used ?? 0;
  store.usage.put(key(plan.id, keyId, day), { used: usedToday, remaining });
  return { usagePlanId: plan.id, startDate: day, endDate: day, items: { [keyId]: [[usedToday, remaining]] } };
});
