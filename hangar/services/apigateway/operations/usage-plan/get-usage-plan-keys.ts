// Lists the keys of a usage plan. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKeys.html

import type { GetUsagePlanKeysInput, GetUsagePlanKeysOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { planKeyAnswer } from "../../rules/plan-keys.ts";
import { operation, under } from "../../store.ts";

/** Of a plan that is not there AWS lists nothing; the newest key comes first. */
export const getUsagePlanKeys = operation<GetUsagePlanKeysInput, GetUsagePlanKeysOutput>((input, context) => {
  const { store } = context;
  const made = (id: string): number => store.apiKeys.get(id)?.createdDate ?? 0;
  const rows = [...store.planKeys.rows(under(input.usagePlanId))].toSorted((a, b) => made(b.keyId) - made(a.keyId));
  const keys = rows.map((row) => planKeyAnswer(context, row));
  const wanted = keys.filter((each) => input.nameQuery === undefined || (each.name ?? "").startsWith(input.nameQuery));
  return page(
    wanted.map((each) => [each.id ?? "", each] as const),
    input,
  );
});
