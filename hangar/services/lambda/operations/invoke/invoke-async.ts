// The deprecated asynchronous invocation. https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html

import type { InvokeAsyncRequest, InvokeAsyncResponse } from "../../../../models/lambda.d.ts";
import { operation } from "../../store.ts";
import { invoke } from "./invoke.ts";

export const invokeAsync = operation<InvokeAsyncRequest, InvokeAsyncResponse>(async (input, context) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.InvokeArgs) chunks.push(chunk);
  await invoke({ FunctionName: input.FunctionName, InvocationType: "Event", Payload: Buffer.concat(chunks) }, context);
  return { Status: 202 };
});
