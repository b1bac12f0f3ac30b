// What sessions of Cognito identity pools say of who is behind them, as APIs tell it to their functions.

type Session = { readonly federation?: Readonly<Record<string, string | readonly string[]>> | undefined };

export type CognitoIdentity = {
  readonly identityId: string;
  readonly identityPoolId: string;
  /** `authenticated` and the providers, or `unauthenticated`. */
  readonly amr: readonly string[];
};

const KEY = "cognito-identity.amazonaws.com";

export function cognitoIdentityOf({ federation }: Session): CognitoIdentity | undefined {
  const identityId = federation?.[`${KEY}:sub`];
  const identityPoolId = federation?.[`${KEY}:aud`];
  if (typeof identityId !== "string" || typeof identityPoolId !== "string") return undefined;
  return { identityId, identityPoolId, amr: [federation?.[`${KEY}:amr`] ?? []].flat() };
}

/** As `$context.identity` has them; nulls for everybody else. */
export function cognitoFacts(session: Session | undefined): Record<string, string | null> {
  const found = session === undefined ? undefined : cognitoIdentityOf(session);
  const providers = found?.amr.filter((each) => !each.endsWith("authenticated")) ?? [];
  return {
    cognitoAuthenticationProvider: providers.length === 0 ? null : providers.join(","),
    cognitoAuthenticationType: found?.amr.find((each) => each.endsWith("authenticated")) ?? null,
    cognitoIdentityId: found?.identityId ?? null,
    cognitoIdentityPoolId: found?.identityPoolId ?? null,
  };
}
