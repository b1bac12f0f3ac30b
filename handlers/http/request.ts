// A request as routes see it: path, query and body, and the time at which API Gateway received it.
import type { APIGatewayProxyEvent } from "aws-lambda";
import { Refusal } from "./answer.ts";

export type Request = {
  readonly event: APIGatewayProxyEvent;
  readonly now: Date;
  /** A part of the path, such as albumId. */
  path(name: string): string;
  query(name: string): string | undefined;
  /** The body as an object; what is in it is for the route to judge. */
  body(): Readonly<Record<string, unknown>>;
};

export function requestOf(event: APIGatewayProxyEvent): Request {
  return {
    event,
    now: new Date(event.requestContext.requestTimeEpoch),
    path(name) {
      const value = event.pathParameters?.[name];
      if (!value) throw new Refusal(404, "There is no such page");
      return value;
    },
    query: (name) => event.queryStringParameters?.[name] ?? undefined,
    body: () => bodyOf(event),
  };
}

function bodyOf(event: APIGatewayProxyEvent): Readonly<Record<string, unknown>> {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : (event.body ?? "");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Refusal(400, "The body is not an object");
  return body as Readonly<Record<string, unknown>>;
}
