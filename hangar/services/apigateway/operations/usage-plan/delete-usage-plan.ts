// Removes a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteUsagePlan.html

import type { DeleteUsagePlanInput, DeleteUsagePlanOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { operation, under, usagePlanOf } from "../../store.ts";

export const deleteUsagePlan = operation<DeleteUsagePlanInput, DeleteUsagePlanOutput>((input, context) => {
  const { store } = context;
  const { id, apiStages = [] } = usagePlanOf(context, input.usagePlanId);
  if (apiStages.length > 0)
    throw badRequest(
      `Cannot delete Usage Plan ${id} because it is associated with API Stages. Remove them before deleting the Usage Plan.`,
    );
  for (const table of [store.planKeys, store.usage, store.quotas]) {
    for (const place of Array.from(table.keys(under(id)))) table.delete(place);
  }
  store.usagePlans.delete(id);
  return {};
});
