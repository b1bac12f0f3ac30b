// Mapping templates of WebSocket integrations: which one is taken, and what it is given.

import { templateParser } from "../../../../kernel/velocity/template-tree.ts";
import { toJava, type JavaValue } from "../../../../kernel/velocity/java-values.ts";
import { renderTemplate, type Variables } from "../../../../kernel/velocity/render.ts";
import { inputObject, util } from "../../../../kernel/velocity/template-objects.ts";
import { refusals } from "../../rules/refusal.ts";
import { selectedKey } from "../../rules/socket-routes.ts";
import { socketContext } from "../../rules/socket-context.ts";
import type { IntegrationRow } from "../../store.ts";
import type { SocketEvent } from "./session.ts";

const DEFAULT = "$default";

type Templates = Readonly<Record<string, string>>;

/** `\$default` stands for itself, as the CDK and the console write it. */
function chosen(templates: Templates, expression: string | undefined, body: string): string | undefined {
  const named = (expression ?? DEFAULT).replace(/^\\/, "");
  const name = named === DEFAULT ? DEFAULT : selectedKey(named, body);
  return Object.hasOwn(templates, name) ? templates[name] : templates[DEFAULT];
}

export async function requestBody(event: SocketEvent, integration: IntegrationRow): Promise<Buffer> {
  const { RequestTemplates = {}, TemplateSelectionExpression, PassthroughBehavior } = integration;
  const template = chosen(RequestTemplates, TemplateSelectionExpression, event.body);
  if (template !== undefined) return Buffer.from(await render(event, template, event.body));
  const any = Object.keys(RequestTemplates).length > 0;
  if (PassthroughBehavior === "NEVER" || (PassthroughBehavior === "WHEN_NO_TEMPLATES" && any))
    throw refusals.failed("No template fits the message");
  return passedOn(event, integration);
}

/** The message as it is; bytes where the client was to write them in base64. */
export function passedOn({ body }: SocketEvent, { ContentHandlingStrategy }: IntegrationRow): Buffer {
  return Buffer.from(body, ContentHandlingStrategy === "CONVERT_TO_BINARY" ? "base64" : "utf8");
}

type Answered = { readonly status: number; readonly body: Buffer };

/** The response whose pattern is the status, else $default's; without either the body as it is. */
export async function responseBody(
  event: SocketEvent,
  { IntegrationId }: IntegrationRow,
  { status, body }: Answered,
): Promise<string | Buffer> {
  const rows = event.compiled.snapshot.integrationResponses.filter((each) => each.IntegrationId === IntegrationId);
  const fits = (key: string): boolean =>
    key !== DEFAULT && new RegExp(`^(?:${key.slice(1, -1)})$`).test(String(status));
  const row =
    rows.find((each) => fits(each.IntegrationResponseKey)) ??
    rows.find((each) => each.IntegrationResponseKey === DEFAULT);
  const text = body.toString(row?.ContentHandlingStrategy === "CONVERT_TO_TEXT" ? "base64" : "utf8");
  const template =
    row === undefined ? undefined : chosen(row.ResponseTemplates ?? {}, row.TemplateSelectionExpression, text);
  const answer = template === undefined ? text : await render(event, template, text);
  return row?.ContentHandlingStrategy === "CONVERT_TO_BINARY" ? Buffer.from(answer, "base64") : answer;
}

async function render(event: SocketEvent, template: string, body: string): Promise<string> {
  const none = new Map<string, string>();
  const input = inputObject(
    body,
    () => ({ path: none, querystring: none, header: none }),
    () => "",
  );
  const variables: Variables = new Map<string, JavaValue>([
    ["input", input],
    ["util", util],
    ["context", toJava(socketContext(event))],
    ["stageVariables", toJava(event.stage.StageVariables ?? {})],
  ]);
  return renderTemplate(template, variables, await templateParser());
}
