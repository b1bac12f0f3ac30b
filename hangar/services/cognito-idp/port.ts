// What other services may ask of user pools: whose a token is, and the keys that say so.

import { parseArn } from "../../kernel/arn.ts";
import { isSignedBy, parsed, publicKey } from "../../kernel/json-web-token.ts";
import type { UserPoolToken, UserPoolsPort } from "../../ports/user-pools.ts";
import { poolAnywhere } from "./engine/find.ts";
import { keySetOf } from "./engine/signing-keys.ts";
import { issuerOf, poolOfIssuer } from "./rules/issuer.ts";
import { arnOf, keyIn, type CognitoContext } from "./store.ts";

export function userPoolsPort(context: CognitoContext): UserPoolsPort {
  return {
    async verify(token, poolArns) {
      return verified(context, token, poolArns);
    },
    async keySet(issuer) {
      const place = poolAnywhere(context, poolOfIssuer(issuer) ?? "");
      return place === undefined ? undefined : { keys: (await keySetOf(place)).map((key) => publicKey(key)) };
    },
    isStanding: (claims) => isStanding(context, claims),
  };
}

function isStanding(
  context: CognitoContext,
  { iss, sub, event_id: event }: Readonly<Record<string, unknown>>,
): boolean {
  const place = poolAnywhere(context, poolOfIssuer(String(iss)) ?? "");
  if (place === undefined) return false;
  const { pool, store } = place;
  const owner = store.aliases.get(keyIn(pool, "sub", String(sub))) ?? "";
  const signIn = store.signIns.get(keyIn(pool, owner, String(event)));
  return store.users.get(keyIn(pool, owner))?.enabled === true && signIn !== undefined && signIn.revoked !== true;
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
