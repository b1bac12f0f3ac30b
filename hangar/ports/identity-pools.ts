// What STS asks of Cognito identity pools: what a token of theirs says.

export type IdentityPoolsPort = {
  /** The claims of a token that an identity pool of this world signed, `"expired"` once it is over; undefined for every other. */
  verify(token: string): Promise<Readonly<Record<string, unknown>> | "expired" | undefined>;
};
