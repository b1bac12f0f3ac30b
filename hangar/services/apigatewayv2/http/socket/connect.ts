// A client that wants to connect: authorised, told of to $connect, and then taken.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html

import { STATUS_CODES } from "node:http";
import { connectionsOf, type Connection } from "../../../../cloud/connections.ts";
import type { HttpRequest, HttpResponse, TakenSocket } from "../../../../cloud/service.ts";
import { verdictOf } from "../../../../kernel/invoke-policy.ts";
import { authorizerAnswer } from "../../rules/authorizer-answer.ts";
import { Refusal, refusals } from "../../rules/refusal.ts";
import { identityOf } from "../../rules/socket-identity.ts";
import { requestPart, socketContext } from "../../rules/socket-context.ts";
import type { ApiGatewayV2Context, AuthorizerRow, RouteRow, Tables } from "../../store.ts";
import { callAuthorizer } from "../lambda-authorizer.ts";
import { queryOf } from "../read-request.ts";
import { checkSignature } from "../signature.ts";
import type { Target } from "../target.ts";
import { throttle } from "../throttle.ts";
import { EXPIRE, idleUntil } from "./expiry.ts";
import { runRoute } from "./integrate.ts";
import { admit } from "./admit.ts";
import { disconnected } from "./disconnect.ts";
import { refusalText } from "./refusal-text.ts";
import { answerMessage } from "./message.ts";
import { newEvent } from "./new-event.ts";
import type { Session, SocketEvent } from "./session.ts";
import { logEvent } from "./log-event.ts";

const LIMITS = { message: 128 * 1024, frame: 32 * 1024 };

export async function connectClient(
  context: ApiGatewayV2Context,
  request: HttpRequest,
  target: Target | undefined,
): Promise<TakenSocket<Tables> | HttpResponse> {
  if (target === undefined || target.api.ProtocolType !== "WEBSOCKET") return refused(403, '{"message":"Forbidden"}');
  const session = newSession(context, request, target);
  const event = newEvent(context, session, { ...target, eventType: "CONNECT", routeKey: "$connect" });
  try {
    const answer = await greeted(event);
    await logEvent(event, 200);
    const protocol = answer["sec-websocket-protocol"];
    return taken(session, protocol === undefined ? {} : { "sec-websocket-protocol": protocol });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await logEvent(event, error.status, error);
    return refused(error.status, refusalText(event, error));
  }
}

function refused(status: number, body: string): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body };
}

function newSession(context: ApiGatewayV2Context, request: HttpRequest, { api, stage, domainName }: Target): Session {
  const now = context.clock.now();
  const connection: Connection = {
    id: `${context.ids.alphanumeric(15)}=`,
    account: context.account,
    region: context.region,
    apiId: api.ApiId,
    stage: stage.StageName,
    connectedAt: now,
    lastActiveAt: now,
    sourceIp: request.sourceIp,
    userAgent: request.headers["user-agent"] ?? "",
    socket: undefined,
  };
  return {
    connection,
    domainName,
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    query: queryOf(request.query),
    authorizer: undefined,
    usageIdentifierKey: undefined,
  };
}

/** Headers that $connect answers with. */
async function greeted(event: SocketEvent): Promise<Readonly<Record<string, string>>> {
  const route = event.compiled.snapshot.routes.find((each) => each.RouteKey === "$connect");
  throttle(event, "$connect");
  if (route === undefined) return {};
  await authorize(event, route);
  await admit(event, route);
  if (route.Target === undefined) return {};
  const { status, headers = {} } = await runRoute(event, route);
  if (status < 200 || status > 299) throw new Refusal(status, STATUS_CODES[status] ?? "Unknown");
  return headers;
}

async function authorize(event: SocketEvent, route: RouteRow): Promise<void> {
  const { AuthorizationType: type = "NONE", AuthorizerId = "" } = route;
  if (type === "NONE") return;
  if (type === "AWS_IAM") return checkSignature(event, connectArn(event));
  const authorizer = event.compiled.authorizers.get(AuthorizerId);
  if (authorizer === undefined) throw refusals.authorizerFailed("The authorizer of this route is gone");
  await askFunction(event, authorizer);
}

/** `…/<stage>/$connect`. */
function connectArn({ region, account, api, stage }: SocketEvent): string {
  return `arn:aws:execute-api:${region}:${account}:${api.ApiId}/${stage.StageName}/$connect`;
}

async function askFunction(event: SocketEvent, authorizer: AuthorizerRow): Promise<void> {
  const missing = (authorizer.IdentitySource ?? []).some((source) => identityOf(event, source) === undefined);
  if (missing) throw refusals.unauthorized();
  const methodArn = connectArn(event);
  const began = event.context.clock.now();
  const payload = await callAuthorizer(event, authorizer, {
    type: "REQUEST",
    methodArn,
    ...requestPart(event),
    stageVariables: event.stage.StageVariables ?? {},
    requestContext: socketContext(event),
  });
  const answer = authorizerAnswer(payload, false);
  if (answer === undefined) throw refusals.authorizerFailed("The response of the authorizer is not valid");
  if (verdictOf(answer.policy, methodArn) !== "allow") throw refusals.forbidden();
  event.session.usageIdentifierKey = answer.usageIdentifierKey;
  event.session.authorizer = {
    ...answer.values,
    principalId: answer.principalId,
    integrationLatency: event.context.clock.now() - began,
  };
}

function taken(session: Session, headers: Readonly<Record<string, string>>): TakenSocket<Tables> {
  const { connection } = session;
  return {
    headers,
    limits: LIMITS,
    opened(socket, { world, scheduler }) {
      connection.socket = socket;
      connectionsOf(world).set(connection.id, connection);
      scheduler.at(idleUntil(connection), EXPIRE, { connectionId: connection.id });
    },
    message: (data, context) => answerMessage(context, session, data),
    closed: (code, reason, context) => disconnected(context, session, { code, reason }),
  };
}
