// Lists usage plans, all or those of a key. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlans.html

import type { GetUsagePlansInput, GetUsagePlansOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { key, operation } from "../../store.ts";

export const getUsagePlans = operation<GetUsagePlansInput, GetUsagePlansOutput>((input, { store }) => {
  const { keyId } = input;
  const rows = [...store.usagePlans.rows()].filter(
    (row) => keyId === undefined || store.planKeys.has(key(row.id, keyId)),
  );
  return page(
    rows.map((row) => [row.id, row] as const),
    input,
  );
});
