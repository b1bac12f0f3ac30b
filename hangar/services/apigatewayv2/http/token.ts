// JWT authorizers: a bearer's token, signed by a key of its issuer, for one of the audiences.

import { createPublicKey, verify, type JsonWebKey } from "node:crypto";
import type { Invocation } from "../rules/invocation.ts";
import { evaluate, requestSource } from "../rules/parameters.ts";
import { refusals, type Refusal } from "../rules/refusal.ts";
import { claimsProblem, claimTexts, readToken, scopesOf, type Token } from "../rules/token.ts";
import type { AuthorizerRow } from "../store.ts";
import { keysOf, type IssuerKey } from "./issuer.ts";

const DIGESTS: Readonly<Record<string, string>> = { RS256: "sha256", RS384: "sha384", RS512: "sha512" };

export async function checkToken(
  invocation: Invocation,
  { IdentitySource = [], JwtConfiguration = {} }: AuthorizerRow,
  scopes: readonly string[],
): Promise<void> {
  const { Issuer: issuer = "", Audience: audience = [] } = JwtConfiguration;
  const said = evaluate(invocation, requestSource(invocation), IdentitySource[0] ?? "");
  if (said === undefined || said === "") throw refusals.unauthorized({ headers: [["www-authenticate", "Bearer"]] });
  const wanted = scopes.join(" ");
  const token = readToken(said.replace(/^bearer /i, ""));
  if (token === undefined) throw invalid("the token is not a valid JWT", wanted);
  const problem =
    claimsProblem(token.claims, { issuer, audience, now: invocation.context.clock.now() / 1000 }) ??
    (await signatureProblem(invocation, issuer, token));
  if (problem !== undefined) throw invalid(problem, wanted);
  const has = scopesOf(token.claims);
  if (scopes.length > 0 && !scopes.some((scope) => has.includes(scope)))
    throw refusals.forbidden({
      headers: [challenge("insufficient_scope", "the token does not have the required scope", wanted)],
    });
  invocation.authorizer = {
    kind: "jwt",
    claims: claimTexts(token.claims),
    scopes: scopes.length === 0 ? null : has,
  };
}

function invalid(why: string, scopes: string): Refusal {
  return refusals.unauthorized({ headers: [challenge("invalid_token", why, scopes)], reason: why });
}

function challenge(error: string, why: string, scopes: string): readonly [string, string] {
  return ["www-authenticate", `Bearer scope="${scopes}" error="${error}" error_description="${why}"`];
}

async function signatureProblem(invocation: Invocation, issuer: string, token: Token): Promise<string | undefined> {
  const digest = Object.hasOwn(DIGESTS, token.algorithm) ? DIGESTS[token.algorithm] : undefined;
  if (digest === undefined) return `signing method ${token.algorithm} is invalid`;
  const keys = await keysOf(invocation.context, issuer, token.keyId);
  if (keys === undefined) return "unable to retrieve the keys of the issuer";
  const fitting = keys.filter((key) => token.keyId === undefined || key.keyId === token.keyId);
  if (fitting.length === 0) return "kid did not match any key of the issuer";
  return fitting.some((key) => isSigned(token, digest, key)) ? undefined : "signature is invalid";
}

function isSigned({ signed, signature }: Token, digest: string, { jwk }: IssuerKey): boolean {
  try {
    return verify(digest, Buffer.from(signed), createPublicKey({ key: jwk as JsonWebKey, format: "jwk" }), signature);
  } catch {
    return false;
  }
}
