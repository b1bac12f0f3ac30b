// URLs of a function and its aliases. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html

import type { ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse } from "../../../../models/lambda.d.ts";
import { notFound } from "../../errors.ts";
import { parseFunctionName } from "../../rules/function-name.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { urlAnswer, urlKey } from "../../rules/url-answer.ts";
import { operation } from "../../store.ts";

export const listFunctionUrlConfigs = operation<ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse>(
  (input, context) => {
    const { name } = parseFunctionName(input.FunctionName);
    if (!context.store.functions.has(name)) throw notFound("Function does not exist");
    const rows = [...context.store.urls.rows({ prefix: name })].filter((row) => row.functionName === name);
    const { items, next } = pageOf(rows, (row) => urlKey(row.functionName, row.qualifier), input);
    return { ...marker(next), FunctionUrlConfigs: items.map((row) => urlAnswer(row, context)) };
  },
);
