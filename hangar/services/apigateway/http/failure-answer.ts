// A refusal as it is answered: the API's own gateway response of that type, or API Gateway's.

import { substitute } from "../../../kernel/references.ts";
import { contextValues } from "../rules/context-values.ts";
import type { FailureFacts, GatewayFailure } from "../rules/failure.ts";
import { effectiveResponse, TEMPLATE } from "../rules/gateway-responses.ts";
import { header, mediaType, ofType, type Invocation } from "../rules/invocation.ts";
import { requestValue } from "../rules/request-value.ts";
import type { Answer, HeaderPair } from "./answer.ts";

const PARAMETER = "gatewayresponse.header.";

export function failureAnswer(invocation: Invocation, failure: GatewayFailure): Answer {
  invocation.failure = failure;
  const { type, facts } = failure;
  const response = effectiveResponse(type, (name) => invocation.compiled.gatewayResponses.get(name));
  const { contentType, template } = chosen(response.responseTemplates ?? {}, header(invocation, "accept"));
  const words = template === TEMPLATE ? wordsOf(facts) : template;
  const body = substitute(
    words,
    { context: contextValues(invocation), stageVariables: invocation.stage.variables ?? {} },
    "",
  );
  const headers: HeaderPair[] = [
    ["x-amzn-ErrorType", facts.errorType],
    ["Content-Type", contentType],
  ];
  for (const [name, expression] of Object.entries(response.responseParameters ?? {})) {
    const value = requestValue(invocation, expression);
    if (name.startsWith(PARAMETER) && value !== undefined) headers.push([name.slice(PARAMETER.length), value]);
  }
  return { status: Number(response.statusCode ?? facts.status ?? 500), headers: lastOfEach(headers), body };
}

function wordsOf({ capital, spaced }: FailureFacts): string {
  const name = capital === true ? "Message" : "message";
  return `{"${name}":${spaced === true ? " " : ""}$context.error.messageString}`;
}

/** What the caller accepts, else JSON, else the first there is. */
function chosen(
  templates: Readonly<Record<string, string>>,
  accept: string | undefined,
): { readonly contentType: string; readonly template: string } {
  const wanted = (accept ?? "").split(",").map((each) => mediaType(each));
  const contentType =
    wanted.find((each) => ofType(templates, each) !== undefined) ??
    (templates["application/json"] === undefined ? Object.keys(templates)[0] : undefined) ??
    "application/json";
  return { contentType, template: templates[contentType] ?? "" };
}

function lastOfEach(headers: readonly HeaderPair[]): HeaderPair[] {
  return [...new Map(headers.map((pair) => [pair[0].toLowerCase(), pair])).values()];
}
