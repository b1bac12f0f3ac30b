// Makes a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlan.html

import type { CreateUsagePlanInput, CreateUsagePlanOutput } from "../../../../models/apigateway.d.ts";
import { notFound } from "../../errors.ts";
import { checkPlan } from "../../rules/usage-plan.ts";
import { operation, type UsagePlanRow } from "../../store.ts";

export const createUsagePlan = operation<CreateUsagePlanInput, CreateUsagePlanOutput>(async (input, context) => {
  const { store, ids } = context;
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const row: UsagePlanRow = { ...given, id: ids.lower(6), name: input.name, apiStages: input.apiStages ?? [] };
  await checkPlan(context, row, () => notFound("Invalid API Stage specified"));
  store.usagePlans.put(row.id, row);
  return row;
});
