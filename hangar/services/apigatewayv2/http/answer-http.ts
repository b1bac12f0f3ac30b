// One HTTP request to an HTTP API, from the target it found to the response.

import type { HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { refusals } from "../rules/refusal.ts";
import type { ApiGatewayV2Context } from "../store.ts";
import { refusalAnswer, responseOf } from "./answer.ts";
import { headerBytes, MOST_HEADER_BYTES, readBody, requestLineBytes } from "../../../gateway/api-request.ts";
import { newInvocation } from "./read-request.ts";
import { serve } from "./serve.ts";
import type { Target } from "./target.ts";

/** Without a target nobody can say more than that there is nothing. */
export async function answerHttp(
  context: ApiGatewayV2Context,
  request: HttpRequest,
  target: Target | undefined,
): Promise<HttpResponse> {
  if (target === undefined || target.api.ProtocolType !== "HTTP")
    return responseOf(refusalAnswer(refusals.notFound()), `${context.ids.alphanumeric(15)}=`);
  if (requestLineBytes(request) + headerBytes(request) > MOST_HEADER_BYTES)
    return responseOf(refusalAnswer(refusals.headersTooLarge()), `${context.ids.alphanumeric(15)}=`);
  const invocation = newInvocation({ context, request, target });
  return responseOf(await serve(invocation, await readBody(request)), invocation.requestId);
}
