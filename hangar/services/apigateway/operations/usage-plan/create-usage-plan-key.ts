// Puts an API key under a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlanKey.html

import type { CreateUsagePlanKeyInput, CreateUsagePlanKeyOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { planKeyAnswer } from "../../rules/plan-keys.ts";
import { apiKeyOf, key, operation, usagePlanOf } from "../../store.ts";

export const createUsagePlanKey = operation<CreateUsagePlanKeyInput, CreateUsagePlanKeyOutput>((input, context) => {
  const { store } = context;
  const plan = usagePlanOf(context, input.usagePlanId);
  if (input.keyType !== "API_KEY") throw badRequest("Usage Plan Key type must be API_KEY");
  const { id } = apiKeyOf(context, input.keyId);
  if (store.planKeys.has(key(plan.id, id))) throw conflict("Usage Plan Key already exists for this Usage Plan");
  const mine = new Set((plan.apiStages ?? []).map((each) => `${each.apiId}:${each.stage}`));
  for (const row of store.planKeys.rows()) {
    if (row.keyId !== id) continue;
    const shared = (store.usagePlans.get(row.planId)?.apiStages ?? []).some((each) =>
      mine.has(`${each.apiId}:${each.stage}`),
    );
    if (shared)
      throw conflict(
        `API Key ${id} cannot be added to Usage Plan ${plan.id} because it already belongs to another Usage Plan with the same API Stage(s)`,
      );
  }
  const row = { planId: plan.id, keyId: id, type: input.keyType };
  store.planKeys.put(key(plan.id, id), row);
  return planKeyAnswer(context, row);
});
