// What STS may ask of identity pools: whose a token is.

import type { IdentityPoolsPort } from "../../ports/identity-pools.ts";
import { believed } from "./engine/own-token.ts";
import type { IdentityContext } from "./store.ts";

export function identityPoolsPort(context: IdentityContext): IdentityPoolsPort {
  return { verify: async (token) => believed(context, token) };
}
