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

export async function requestBody(event: SocketEvent, integration: IntegrationRow): Promise<string> {
  const { RequestTemplates = {}, TemplateSelectionExpression, PassthroughBehavior } = integration;
  const template = chosen(RequestTemplates, TemplateSelectionExpression, event.body);
  if (template !== undefined) return render(event, template, event.body);
  const any = Object.keys(RequestTemplates).length > 0;
  if (PassthroughBehavior === "NEVER" || (PassthroughBehavior === "WHEN_NO_TEMPLATES" && any))
    throw refusals.failed("No template fits the message");
  return event.body;
}

type Answered = { readonly status: number; readonly body: string };

/** The response whose pattern is the status, else $default's; without either the body as it is. */
export async function responseBody(
  event: SocketEvent,
  { IntegrationId }: IntegrationRow,
  { status, body }: Answered,
): Promise<string> {
  const rows = event.compiled.snapshot.integrationResponses.filter((each) => each.IntegrationId === IntegrationId);
  const fits = (key: string): boolean =>
    key !== DEFAULT && new RegExp(`^(?:${key.slice(1, -1)})$`).test(String(status));
  const row =
    rows.find((each) => fits(each.IntegrationResponseKey)) ??
    rows.find((each) => each.IntegrationResponseKey === DEFAULT);
  const template =
    row === undefined ? undefined : chosen(row.ResponseTemplates ?? {}, row.TemplateSelectionExpression, body);
  return template === undefined ? body : render(event, template, body);
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
