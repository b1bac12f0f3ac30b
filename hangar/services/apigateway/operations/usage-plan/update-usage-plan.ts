// Changes a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateUsagePlan.html

import type { UpdateUsagePlanInput, UpdateUsagePlanOutput } from "../../../../models/apigateway.d.ts";
import { applyPatch } from "../../rules/patch.ts";
import { checkPlan, usagePlanPatches } from "../../rules/usage-plan.ts";
import { operation, usagePlanOf } from "../../store.ts";

export const updateUsagePlan = operation<UpdateUsagePlanInput, UpdateUsagePlanOutput>((input, context) => {
  const row = applyPatch(usagePlanOf(context, input.usagePlanId), input.patchOperations, usagePlanPatches);
  checkPlan(context.store, row);
  context.store.usagePlans.put(row.id, row);
  return row;
});
