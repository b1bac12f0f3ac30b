// Lists the keys of a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKeys.html

import type { GetUsagePlanKeysInput, GetUsagePlanKeysOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { planKeyAnswer } from "../../rules/plan-keys.ts";
import { operation, under, usagePlanOf } from "../../store.ts";

export const getUsagePlanKeys = operation<GetUsagePlanKeysInput, GetUsagePlanKeysOutput>((input, context) => {
  const { id } = usagePlanOf(context, input.usagePlanId);
  const keys = [...context.store.planKeys.rows(under(id))].map((row) => planKeyAnswer(context, row));
  const wanted = keys.filter((each) => input.nameQuery === undefined || (each.name ?? "").startsWith(input.nameQuery));
  return page(
    wanted.map((each) => [each.id ?? "", each] as const),
    input,
  );
});
