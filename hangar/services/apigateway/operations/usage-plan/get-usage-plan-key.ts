// Describes a key of a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKey.html

import type { GetUsagePlanKeyInput, GetUsagePlanKeyOutput } from "../../../../models/apigateway.d.ts";
import { planKeyAnswer } from "../../rules/plan-keys.ts";
import { operation, planKeyOf } from "../../store.ts";

export const getUsagePlanKey = operation<GetUsagePlanKeyInput, GetUsagePlanKeyOutput>((input, context) =>
  planKeyAnswer(context, planKeyOf(context, input.usagePlanId, input.keyId)),
);
