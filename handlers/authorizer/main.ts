// The token authorizer: lets a signed, unexpired session token through.
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from "aws-lambda";
import { log } from "../aws/log.ts";
import { signingKey } from "../aws/signing-key.ts";
import { bearerToken, readToken } from "../domain/token.ts";
import { policyFor } from "./policy.ts";

export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const token = bearerToken(event.authorizationToken);
  const session = token === undefined ? undefined : readToken(token, await signingKey(), Date.now() / 1000);
  if (session === undefined) {
    log.warn("A token was refused", { methodArn: event.methodArn });
    // These exact words make API Gateway answer 401.
    throw new Error("Unauthorized");
  }
  return policyFor(session, event.methodArn);
}
