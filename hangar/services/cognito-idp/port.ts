// What other services may ask of user pools: whose a token is, and the keys that say so.

import { parseArn } from "../../kernel/arn.ts";
import type { UserPoolToken, UserPoolsPort } from "../../ports/user-pools.ts";
import { poolAnywhere } from "./engine/find.ts";
import { isSignedBy, keySetOf, parsed, publicKey } from "./engine/signing-keys.ts";
import { issuerOf, poolOfIssuer } from "./rules/issuer.ts";
import { arnOf, type CognitoContext } from "./store.ts";

export function userPoolsPort(context: CognitoContext): UserPoolsPort {
  return {
    async verify(token, poolArns) {
      return verified(context, token, poolArns);
    },
    async keySet(issuer) {
      const place = poolAnywhere(context, poolOfIssuer(issuer) ?? "");
      return place === undefined ? undefined : { keys: (await keySetOf(place)).map(publicKey) };
    },
  };
}

async function verified(
  context: CognitoContext,
  token: string,
  poolArns: readonly string[],
): Promise<UserPoolToken | "expired" | undefined> {
  const jwt = parsed(token);
  const { iss, exp, token_use: use, scope } = jwt?.claims ?? {};
  if (jwt === undefined || (use !== "id" && use !== "access")) return undefined;
  const id = poolArns
    .map((arn) => parseArn(arn)?.resource.replace("userpool/", "") ?? "")
    .find((each) => String(iss).endsWith(`/${each}`));
  const place = id === undefined ? undefined : poolAnywhere(context, id);
  if (place === undefined || !poolArns.includes(arnOf(place.pool)) || iss !== issuerOf(place.pool)) return undefined;
  if (!isSignedBy(jwt, await keySetOf(place))) return undefined;
  if (typeof exp !== "number" || exp <= context.clock.seconds()) return "expired";
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  return { use, pool: arnOf(place.pool), claims: jwt.claims, scopes };
}
