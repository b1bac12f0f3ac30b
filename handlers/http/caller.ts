// Who is calling: the authorizer's word, or, behind a door that has no authorizer, the token itself.
import { signingKey } from "../aws/signing-key.ts";
import { bearerToken, readToken } from "../domain/token.ts";
import { Refusal } from "./answer.ts";
import type { Request } from "./request.ts";

export async function callerOf({ event, now }: Request): Promise<string> {
  const authorized: unknown = event.requestContext.authorizer?.["user"];
  if (typeof authorized === "string") return authorized;
  const token = bearerToken(event.headers["Authorization"] ?? event.headers["authorization"]);
  const session = token === undefined ? undefined : readToken(token, await signingKey(), now.getTime() / 1000);
  if (session === undefined) throw new Refusal(401, "Sign in first");
  if (session.scope === "view" && event.httpMethod !== "GET")
    throw new Refusal(403, "This sign-in does not allow that");
  return session.user;
}
