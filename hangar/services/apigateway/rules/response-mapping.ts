// An integration's answer becomes a method response: chosen by selection pattern, mapped, templated, overridden.

import type { Integration, IntegrationResponse } from "../../../models/apigateway.d.ts";
import { convertedResponse } from "./binary-content.ts";
import { contextValues } from "./context-values.ts";
import { failures, type GatewayFailure } from "./failure.ts";
import type { IntegrationAnswer } from "./integration-message.ts";
import { header, mediaType, ofType, type Invocation } from "./invocation.ts";
import { javaPattern } from "./java-pattern.ts";
import { atJsonPath } from "../../../kernel/json-path.ts";
import { remapped } from "./remapped-headers.ts";
import { entriesOf, listOf } from "./request-mapping.ts";
import { atPath } from "./request-value.ts";
import { show } from "../../../kernel/velocity/java-values.ts";
import { renderTemplate } from "../../../kernel/velocity/render.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";
import { templateVariables } from "./template-variables.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";

type Pair = readonly [string, string];
export type MethodResponse = { readonly status: number; readonly headers: readonly Pair[]; readonly body: Buffer };

const PARAMETER = "method.response.header.";

export function mappedResponse(
  invocation: Invocation,
  integration: Integration,
  answer: IntegrationAnswer,
  parse: Parse,
): MethodResponse {
  const chosen = chosenResponse(integration, answer.selector);
  if (chosen === undefined)
    throw failures.misconfigured("No match for output mapping and no default output mapping configured");
  const { contentType, body } = responseBody(invocation, chosen, answer, parse);
  const headers = new Map<string, readonly Pair[]>([["content-type", [["Content-Type", contentType]]]]);
  for (const [target, expression] of Object.entries(chosen.responseParameters ?? {})) {
    const name = target.startsWith(PARAMETER) ? target.slice(PARAMETER.length) : target;
    const values = responseValues(invocation, answer, expression);
    if (values !== undefined)
      headers.set(
        name.toLowerCase(),
        values.map((value) => [name, value] as const),
      );
  }
  for (const [name, value] of entriesOf(invocation.responseOverride.get("header")))
    headers.set(
      name.toLowerCase(),
      listOf(value).map((each) => [name, each] as const),
    );
  const status = invocation.responseOverride.get("status");
  return {
    status: Number(status === undefined || status === "" ? chosen.statusCode : show(status)),
    headers: remapped([...headers.values()].flat()),
    body,
  };
}

/** The first whose pattern is the whole text; otherwise the one without a pattern. */
export function chosenResponse(integration: Integration, selector: string): IntegrationResponse | undefined {
  const responses = Object.values(integration.integrationResponses ?? {});
  const patterned = responses.filter((each) => (each.selectionPattern ?? "") !== "");
  return (
    patterned.find((each) => javaPattern(each.selectionPattern ?? "")?.test(selector)) ??
    responses.find((each) => (each.selectionPattern ?? "") === "")
  );
}

function responseBody(
  invocation: Invocation,
  { responseTemplates = {}, contentHandling }: IntegrationResponse,
  answer: IntegrationAnswer,
  parse: Parse,
): { readonly contentType: string; readonly body: Buffer } {
  const accept = header(invocation, "accept");
  const sent = answer.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const types = Object.keys(responseTemplates);
  const wanted = (accept ?? "").split(",").map((each) => mediaType(each));
  const type =
    wanted.find((each) => ofType(responseTemplates, each) !== undefined) ??
    (responseTemplates["application/json"] === undefined ? types[0] : "application/json");
  const template = type === undefined ? undefined : responseTemplates[type];
  const { binaryTypes } = invocation.compiled;
  const converted = convertedResponse(answer.body, contentHandling, { sent, accept, binaryTypes });
  if (converted === undefined) throw unreadable();
  const { body, isBinary } = converted;
  // An empty template passes the body on; the integration's own content type is passed on only where it is mapped.
  if (type === undefined || template === undefined || template === "")
    return { contentType: type ?? "application/json", body };
  if (isBinary) throw unreadable();
  const variables = templateVariables(invocation, { body: body.toString("utf8") });
  const text = renderTemplate(template, variables, parse);
  return { contentType: type, body: Buffer.from(text) };
}

function unreadable(): GatewayFailure {
  return failures.misconfigured("Unable to transform response");
}

/** `integration.response.header.x`, `integration.response.body.a.b`, a literal, `context.x` or `stageVariables.x`. */
function responseValues(
  invocation: Invocation,
  { headers, body }: IntegrationAnswer,
  expression: string,
): readonly string[] | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return [literal];
  const [root = "", ...rest] = expression.split(".");
  if (root === "context") return one(atPath(contextValues(invocation), rest));
  if (root === "stageVariables") return one(invocation.stage.variables?.[rest.join(".")]);
  const [, place = "", ...names] = rest;
  const name = names.join(".");
  if (place === "header" || place === "multivalueheader") {
    const found = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    if (found.length === 0) return undefined;
    return place === "header" ? found.slice(-1) : found;
  }
  if (place !== "body") return undefined;
  return name === "" ? [body.toString("utf8")] : one(atJsonPath(parsedJson(body.toString("utf8")), name));
}

function one(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return [typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean)];
}
