// The asynchronous invocation settings of a function. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html

import type {
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
} from "../../../../models/lambda.d.ts";
import { invokeConfigAnswer, invokeConfigTarget } from "../../rules/invoke-config.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listFunctionEventInvokeConfigs = operation<
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse
>((input, context) => {
  const { name } = invokeConfigTarget(context, { FunctionName: input.FunctionName });
  const { items, next } = pageOf(
    [...context.store.invokeConfigs.rows({ prefix: `${name}:` })],
    (row) => row.qualifier,
    input,
  );
  return { ...marker(next), FunctionEventInvokeConfigs: items.map((row) => invokeConfigAnswer(row, context)) };
});
