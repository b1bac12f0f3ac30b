// Session tokens: JSON Web Tokens signed with HMAC-SHA256 (RFC 7519, alg HS256).
import { createHmac, timingSafeEqual } from "node:crypto";

export type Session = {
  readonly user: string;
  /** "view" may look, "full" may also change. */
  readonly scope: "full" | "view";
  /** Seconds since 1970. */
  readonly expires: number;
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const header = encode({ alg: "HS256", typ: "JWT" });
const signature = (signed: string, key: string): Buffer => createHmac("sha256", key).update(signed).digest();

export function signToken(session: Session, key: string): string {
  const signed = `${header}.${encode({ sub: session.user, scope: session.scope, exp: session.expires })}`;
  return `${signed}.${signature(signed, key).toString("base64url")}`;
}

/** The session that a token carries; undefined when it is not ours, was changed, or has expired. */
export function readToken(token: string, key: string, nowSeconds: number): Session | undefined {
  const [head, claims, proof, ...rest] = token.split(".");
  // The header is compared whole, so that a token cannot choose its own algorithm.
  if (head !== header || claims === undefined || proof === undefined || rest.length > 0) return undefined;
  const expected = signature(`${head}.${claims}`, key);
  const given = Buffer.from(proof, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return sessionOf(JSON.parse(Buffer.from(claims, "base64url").toString()), nowSeconds);
}

function sessionOf(claims: unknown, nowSeconds: number): Session | undefined {
  if (typeof claims !== "object" || claims === null) return undefined;
  const { sub, scope, exp } = claims as Record<string, unknown>;
  if (typeof sub !== "string" || (scope !== "full" && scope !== "view") || typeof exp !== "number") return undefined;
  return exp > nowSeconds ? { user: sub, scope, expires: exp } : undefined;
}

/** The token in an Authorization header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^Bearer (\S+)$/.exec(authorization)?.[1];
}
