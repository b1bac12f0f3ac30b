// What a route answers, and how it refuses.
import type { APIGatewayProxyResult } from "aws-lambda";

export type Answer = { readonly status: number; readonly body?: unknown };

/** A refusal that the caller may read. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const headers = { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" };

export function proxyResult({ status, body }: Answer): APIGatewayProxyResult {
  return { statusCode: status, headers, body: body === undefined ? "" : JSON.stringify(body) };
}
