// A method request becomes an integration request: its template, its mapped parameters, what the template overrides.

import type { Integration } from "../../../models/apigateway.d.ts";
import { convertedRequest } from "./binary-content.ts";
import { failures } from "./failure.ts";
import type { IntegrationRequest } from "./integration-message.ts";
import { header, mediaType, ofType, type Invocation } from "./invocation.ts";
import { requestValues } from "./request-value.ts";
import { renderTemplate } from "../../../kernel/velocity/render.ts";
import { show } from "../../../kernel/velocity/java-values.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";
import { templateVariables } from "./template-variables.ts";

const PARAMETER = /^integration\.request\.(header|querystring|path)\.(.+)$/;
const NEVER_MAPPED = new Set(["content-length", "transfer-encoding"]);
/** AWS's own endpoints would take these for their own. */
const NEVER_MAPPED_TO_AWS = new Set(["authorization", "connection", "expect", "proxy-authenticate", "te"]);

export function mappedBody(invocation: Invocation, integration: Integration, parse: Parse): Buffer {
  const contentType = header(invocation, "content-type");
  const type = mediaType(contentType) || "application/json";
  const templates = integration.requestTemplates ?? {};
  const template = ofType(templates, type) ?? templates["$default"];
  const { contentHandling } = integration;
  const converted = convertedRequest(invocation.body, contentType, contentHandling, invocation.compiled.binaryTypes);
  if (converted === undefined || (template !== undefined && converted.isBinary))
    throw failures.misconfigured("Unable to transform request");
  const { body } = converted;
  if (template !== undefined) {
    const text = renderTemplate(template, templateVariables(invocation, { body: body.toString("utf8") }), parse);
    return Buffer.from(text);
  }
  const behavior = integration.passthroughBehavior ?? "WHEN_NO_MATCH";
  if (behavior === "NEVER" || (behavior === "WHEN_NO_TEMPLATES" && Object.keys(templates).length > 0))
    throw failures.unsupportedMediaType();
  return body;
}

/** The parameters that the integration declares, on top of `start`. */
export function mapParameters(invocation: Invocation, integration: Integration, start: IntegrationRequest): void {
  const toAws = integration.type === "AWS" || integration.type === "AWS_PROXY";
  for (const [target, expression] of Object.entries(integration.requestParameters ?? {})) {
    const [, place, name = ""] = PARAMETER.exec(target) ?? [];
    const lower = name.toLowerCase();
    if (place === "header" && (NEVER_MAPPED.has(lower) || (toAws && NEVER_MAPPED_TO_AWS.has(lower))))
      throw failures.misconfigured();
    const values = requestValues(invocation, expression);
    if (values === undefined) continue;
    if (place === "header") start.headers.set(lower, { name, values });
    else if (place === "querystring") start.query.set(name, values);
    else if (place === "path") start.path.set(name, values.at(-1) ?? "");
  }
  override(invocation, start);
}

function override({ requestOverride }: Invocation, { headers, query, path }: IntegrationRequest): void {
  for (const [name, value] of entriesOf(requestOverride.get("header")))
    headers.set(name.toLowerCase(), { name, values: listOf(value) });
  for (const [name, value] of entriesOf(requestOverride.get("querystring"))) query.set(name, listOf(value));
  for (const [name, value] of entriesOf(requestOverride.get("path"))) path.set(name, show(value));
}

export function entriesOf(value: unknown): (readonly [string, unknown])[] {
  return value instanceof Map ? [...value].map(([name, each]) => [String(name), each] as const) : [];
}

export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(show) : [show(value)];
}
