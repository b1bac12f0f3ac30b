// What services ask of Cognito user pools: whose token it is, for authorizers.

/** A token whose signature, issuer and time are good. */
export type UserPoolToken = {
  readonly use: "id" | "access";
  /** The pool's ARN. */
  readonly pool: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Of access tokens. */
  readonly scopes: readonly string[];
};

export type UserPoolsPort = {
  /**
   * For COGNITO_USER_POOLS authorizers: what a token of one of these pools says, `"expired"` once it is over; undefined
   * for every other. Like API Gateway it asks nobody whether the token was revoked.
   */
  verify(token: string, poolArns: readonly string[]): Promise<UserPoolToken | "expired" | undefined>;
  /**
   * For JWT authorizers, before they go over the network: the key set (`{ keys: [...] }`) of the pool whose issuer this
   * is (`https://cognito-idp.<region>.amazonaws.com/<pool>`); undefined where it is no pool of this world.
   */
  keySet(issuer: string): Promise<{ readonly keys: readonly Readonly<Record<string, string>>[] } | undefined>;
  /** For identity pools with ServerSideTokenCheck: whether the user of these claims is there, enabled, and not signed out since. */
  isStanding(claims: Readonly<Record<string, unknown>>): boolean;
};
