// Lists REST APIs. https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html

import type { GetRestApisInput, GetRestApisOutput } from "../../../../models/apigateway.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getRestApis = operation<GetRestApisInput, GetRestApisOutput>((input, { store }) => {
  const rows = [...store.apis.rows()].toSorted((a, b) => a.createdDate - b.createdDate);
  return page(
    rows.map((row) => [row.id, apiAnswer(row)] as const),
    input,
  );
});
