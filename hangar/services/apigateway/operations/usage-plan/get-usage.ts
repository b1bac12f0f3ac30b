// Tells how much of a usage plan's quota was used, day by day. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsage.html

import type { GetUsageInput, GetUsageOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { dayOf } from "../../rules/usage-plan.ts";
import { key, operation, under, usagePlanOf } from "../../store.ts";

const DAY = 86_400_000;

export const getUsage = operation<GetUsageInput, GetUsageOutput>((input, context) => {
  const { store } = context;
  const plan = usagePlanOf(context, input.usagePlanId);
  const from = Date.parse(`${input.startDate}T00:00:00Z`);
  const to = Date.parse(`${input.endDate}T00:00:00Z`);
  if (Number.isNaN(from) || Number.isNaN(to) || from > to)
    throw badRequest("Usage start date must be before the end date");
  const keys = [...store.planKeys.rows(under(plan.id))].map((row) => row.keyId);
  const wanted = input.keyId === undefined ? keys : keys.filter((id) => id === input.keyId);
  const items: Record<string, (readonly [number, number])[]> = {};
  for (const id of wanted) {
    let remaining = plan.quota?.limit ?? 0;
    let seen = false;
    const days: (readonly [number, number])[] = [];
    for (let at = from; at <= to; at += DAY) {
      const row = store.usage.get(key(plan.id, id, dayOf(at)));
      seen ||= row !== undefined;
      remaining = row?.remaining ?? remaining;
      days.push([row?.used ?? 0, remaining]);
    }
    if (seen) items[id] = days;
  }
  return { usagePlanId: plan.id, startDate: input.startDate, endDate: input.endDate, items };
});
