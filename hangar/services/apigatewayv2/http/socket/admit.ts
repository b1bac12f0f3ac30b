// What a route asks for before its integration runs: an API key, parameters of the request to connect, a message as its model wants it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html

import { bodyCheck, type BodyCheck } from "../../../../kernel/body-schema.ts";
import { Refusal, refusals } from "../../rules/refusal.ts";
import { identityOf } from "../../rules/socket-identity.ts";
import { selectedKey } from "../../rules/socket-routes.ts";
import type { RouteRow } from "../../store.ts";
import type { SocketEvent } from "./session.ts";

export async function admit(event: SocketEvent, route: RouteRow): Promise<void> {
  if (route.ApiKeyRequired === true) await countAgainstPlan(event);
  if (event.eventType === "CONNECT") checkParameters(event, route);
  else if (route.ModelSelectionExpression !== undefined)
    await checkMessage(event, route, route.ModelSelectionExpression);
}

const FROM_AUTHORIZER = "$context.authorizer.usageIdentifierKey";

async function countAgainstPlan(event: SocketEvent): Promise<void> {
  const { api, stage, session, context } = event;
  const value =
    api.ApiKeySelectionExpression === FROM_AUTHORIZER ? session.usageIdentifierKey : session.headers["x-api-key"];
  const answer = await context.ports.apiAccount.useKey({ value, apiId: api.ApiId, stage: stage.StageName });
  if ("status" in answer) throw new Refusal(answer.status, answer.message, { type: answer.responseType });
  event.apiKey = answer;
}

/** An empty value counts as none. */
function checkParameters(event: SocketEvent, { RequestParameters = {} }: RouteRow): void {
  const missing = Object.entries(RequestParameters)
    .filter(([source, constraints]) => constraints.Required === true && identityOf(event, source) === undefined)
    .map(([source]) => source.split(".").slice(3).join("."))
    .toSorted();
  if (missing.length > 0) throw refusals.badParameters(missing);
}

/** Without a model of the selected key, and without one of $default, nothing is as it should be. */
async function checkMessage(event: SocketEvent, { RequestModels = {} }: RouteRow, expression: string): Promise<void> {
  const selected = selectedKey(expression, event.body);
  const name = Object.hasOwn(RequestModels, selected) ? RequestModels[selected] : RequestModels["$default"];
  if (name === undefined) throw refusals.badBody("[No model matches the message]");
  const wrong = (await checkOf(event, name))(event.body);
  if (wrong !== undefined) throw refusals.badBody(wrong);
}

async function checkOf({ compiled }: SocketEvent, name: string): Promise<BodyCheck> {
  const kept = compiled.bodyChecks.get(name);
  if (kept !== undefined) return kept;
  const models = compiled.snapshot.models.map(({ Name, Schema = "" }) => ({ name: Name, schema: Schema }));
  const model = models.find((each) => each.name === name);
  if (model === undefined) throw refusals.failed(`Invalid model ${name}`);
  const check = await bodyCheck(model, models).catch(() => {
    throw refusals.failed(`Invalid model ${name}`);
  });
  compiled.bodyChecks.set(name, check);
  return check;
}
