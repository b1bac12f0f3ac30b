// Function URLs: an HTTP request becomes an event in payload format 2.0, the handler's answer an HTTP response.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html

import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { keepTraceHeader } from "../../../cloud/trace-header.ts";
import type { Decision } from "../../../ports/access.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { runFunction } from "../engine/run-function.ts";
import { streamFunction } from "../engine/stream-function.ts";
import { chooseVersion } from "../rules/choose-version.ts";
import { streamedResponse } from "./streamed-response.ts";
import { corsHeaders, preflight } from "../rules/cors.ts";
import { findFunction, type Found } from "../rules/find.ts";
import { functionArn } from "../rules/function-name.ts";
import { policyDocument } from "../rules/policy.ts";
import { urlEvent } from "../rules/url-event.ts";
import { urlResponse } from "../rules/url-response.ts";
import type { LambdaContext, Tables, UrlRow } from "../store.ts";

const HOST = /^([a-z0-9]+)\.lambda-url\.([a-z0-9-]+)\./;
const MAX_BODY = 6 * 1024 * 1024;

type Target = { readonly id: string };

export const functionUrlDoor: HttpDoor<Tables> = {
  name: "lambda.url",
  match(request) {
    const match = HOST.exec(request.host);
    return match === null ? undefined : { region: match[2], data: { id: match[1] ?? "" } };
  },
  async handle(request, data: Target, context) {
    const home = homeOf(context, data.id);
    if (home === undefined) return json(403, { Message: null });
    const found = findFunction(
      context,
      functionArn({ account: home.account, region: context.region }, home.url.functionName),
      home.url.qualifier,
    );
    context.span.attributes["serves"] = found.arn;
    const early = preflight(home.url.cors, request);
    if (early !== undefined) return early;
    if (!decide(context, home.url, found, request).allowed) {
      return json(403, {
        Message:
          "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
      });
    }
    const response = await run(context, request, home.url, found);
    return { ...response, headers: { ...response.headers, ...corsHeaders(home.url.cors, request) } };
  },
};

/** The id names no account: look where this service has functions. */
function homeOf(context: LambdaContext, id: string): { readonly account: string; readonly url: UrlRow } | undefined {
  for (const { account, region } of context.places()) {
    if (region !== context.region) continue;
    const store = context.storeAt(account, region);
    const key = store.urlKeys.get(id);
    const url = key === undefined ? undefined : store.urls.get(key);
    if (url !== undefined) return { account, url };
  }
  return undefined;
}

function decide(context: LambdaContext, url: UrlRow, found: Found, request: HttpRequest): Decision {
  const policy = found.store.policies.get(found.arn);
  const caller =
    url.authType === "NONE"
      ? ({ kind: "anonymous", account: "anonymous", arn: "*", userId: "anonymous" } as const)
      : context.caller;
  // Since October 2025 both, and since November 2026 for URLs that are older, too.
  const needs = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].map((action) => ({
    action,
    resource: found.arn,
    owner: found.place.account,
    ...(policy === undefined ? {} : { policy: policyDocument(policy) }),
  }));
  return context.ports.access.decide(caller, needs, {
    "aws:SourceIp": request.sourceIp,
    "lambda:FunctionUrlAuthType": url.authType,
    "lambda:InvokedViaFunctionUrl": "true",
  });
}

async function run(context: LambdaContext, request: HttpRequest, url: UrlRow, found: Found): Promise<HttpResponse> {
  const body = await readBody(request);
  if (body === undefined) return json(413, { Message: "Request Entity Too Large" });
  const requestId = context.ids.uuid();
  const traceId = traceOf(request, context);
  keepTraceHeader(context.span, traceId);
  const event = urlEvent({
    request,
    body,
    requestId,
    traceId,
    urlId: url.id,
    now: context.clock.now(),
    caller: url.authType === "NONE" ? undefined : context.caller,
  });
  try {
    const invocation = {
      place: found.place,
      row: found.row,
      version: chooseVersion(found, context.ids),
      invokedArn: found.arn,
      payload: Buffer.from(JSON.stringify(event)),
      requestId,
    };
    const response =
      url.invokeMode === "RESPONSE_STREAM"
        ? await streamedResponse(streamFunction(context, invocation))
        : urlResponse(await runFunction(context, invocation));
    return {
      ...response,
      headers: {
        ...response.headers,
        "x-amzn-requestid": requestId,
        "x-amzn-trace-id": traceId,
      },
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === "TooManyRequestsException")
      return json(429, { Reason: error.members["Reason"] ?? null, Type: "User", message: error.message });
    return json(502, { Message: "Internal Server Error" });
  }
}

/** The caller's root goes on. */
function traceOf({ headers }: HttpRequest, { clock, ids }: LambdaContext): string {
  const sent = headers["x-amzn-trace-id"];
  if (sent !== undefined && /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/.test(sent)) return sent;
  return `Root=1-${Math.floor(clock.now() / 1000).toString(16)}-${ids.hex(24)}`;
}

async function readBody(request: HttpRequest): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function json(status: number, body: object): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
