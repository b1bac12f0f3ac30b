// JSON Web Tokens: their parts, and what must hold of their claims.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html

export type Claims = Readonly<Record<string, unknown>>;

export type Token = {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly claims: Claims;
  /** What is signed. */
  readonly signed: string;
  readonly signature: Buffer;
};

/** Undefined for what is no token. */
export function readToken(text: string): Token | undefined {
  const [head, body, signature, ...more] = text.split(".");
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) return undefined;
  const header = part(head);
  const claims = part(body);
  if (header === undefined || claims === undefined || typeof header["alg"] !== "string") return undefined;
  const keyId = typeof header["kid"] === "string" ? header["kid"] : undefined;
  return {
    algorithm: header["alg"],
    keyId,
    claims,
    signed: `${head}.${body}`,
    signature: Buffer.from(signature, "base64url"),
  };
}

function part(text: string): Claims | undefined {
  try {
    const value = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

export type Expected = {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Seconds. */ readonly now: number;
};

/** What is wrong with the claims, in AWS's words; undefined when nothing is. */
export function claimsProblem(claims: Claims, { issuer, audience, now }: Expected): string | undefined {
  const { iss, aud, client_id: client, exp, nbf, iat } = claims;
  if (iss !== issuer) return "the issuer is not valid";
  const said = aud === undefined ? [client] : [aud].flat();
  if (!said.some((each) => typeof each === "string" && audience.includes(each)))
    return "the token does not have a valid audience";
  if (typeof exp !== "number") return "the token does not have an expiration";
  if (now >= exp) return "the token has expired";
  if (typeof nbf === "number" && now < nbf) return "the token is not valid yet";
  if (typeof iat === "number" && now < iat) return "the token was issued in the future";
  return undefined;
}

/** `scope` is a text or a list; some issuers call it `scp`. */
export function scopesOf({ scope, scp }: Claims): readonly string[] {
  const said = scope ?? scp;
  if (typeof said === "string") return said.split(" ").filter((each) => each !== "");
  return Array.isArray(said) ? said.filter((each) => typeof each === "string") : [];
}

/** Functions get all claims as text: lists as `[a b]`. */
export function claimTexts(claims: Claims): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value as string | number | boolean | null);
}
