// Takes an API key out of a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteUsagePlanKey.html

import type { DeleteUsagePlanKeyInput, DeleteUsagePlanKeyOutput } from "../../../../models/apigateway.d.ts";
import { key, operation, planKeyOf } from "../../store.ts";

export const deleteUsagePlanKey = operation<DeleteUsagePlanKeyInput, DeleteUsagePlanKeyOutput>((input, context) => {
  const { planId, keyId } = planKeyOf(context, input.usagePlanId, input.keyId);
  context.store.planKeys.delete(key(planId, keyId));
  return {};
});
