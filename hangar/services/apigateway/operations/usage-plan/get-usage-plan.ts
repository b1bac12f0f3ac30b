// Describes a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlan.html

import type { GetUsagePlanInput, GetUsagePlanOutput } from "../../../../models/apigateway.d.ts";
import { operation, usagePlanOf } from "../../store.ts";

export const getUsagePlan = operation<GetUsagePlanInput, GetUsagePlanOutput>((input, context) => {
  const row = usagePlanOf(context, input.usagePlanId);
  return { ...row, tags: row.tags ?? {} };
});
