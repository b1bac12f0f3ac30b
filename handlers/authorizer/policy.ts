// The policy that a session gets: the whole API to change things, or GET alone to look.
import type { APIGatewayAuthorizerResult } from "aws-lambda";
import type { Session } from "../domain/token.ts";

/** API Gateway keeps the answer for a while and uses it for other methods too, so it speaks of the stage, not of one method. */
export function policyFor(session: Session, methodArn: string): APIGatewayAuthorizerResult {
  const [api, stage] = methodArn.split("/");
  const methods = session.scope === "full" ? "*" : "GET";
  return {
    principalId: session.user,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: `${api}/${stage}/${methods}/*` }],
    },
    context: { user: session.user, scope: session.scope },
  };
}
