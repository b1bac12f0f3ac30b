// Describes a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlan.html

import type { GetUsagePlanInput, GetUsagePlanOutput } from "../../../../models/apigateway.d.ts";
import { operation, usagePlanOf } from "../../store.ts";

export const getUsagePlan = operation<GetUsagePlanInput, GetUsagePlanOutput>((input, context) =>
  usagePlanOf(context, input.usagePlanId),
);
