// Changes a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateUsagePlan.html

import type { UpdateUsagePlanInput, UpdateUsagePlanOutput } from "../../../../models/apigateway.d.ts";
import { notFound } from "../../errors.ts";
import { applyPatch } from "../../rules/patch.ts";
import { checkPlan, checkStageNames, usagePlanPatches } from "../../rules/usage-plan.ts";
import { operation, usagePlanOf } from "../../store.ts";

export const updateUsagePlan = operation<UpdateUsagePlanInput, UpdateUsagePlanOutput>(async (input, context) => {
  const before = usagePlanOf(context, input.usagePlanId);
  checkStageNames(input.patchOperations);
  const row = applyPatch(before, input.patchOperations, usagePlanPatches);
  await checkPlan(context, row, (apiId, stage) =>
    notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${row.id}`),
  );
  context.store.usagePlans.put(row.id, row);
  return { ...row, tags: row.tags ?? {} };
});
