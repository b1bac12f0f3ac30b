// Lists a signed-in user's passkeys. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html

import type { ListWebAuthnCredentialsInput, ListWebAuthnCredentialsOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { invalidParameter } from "../../errors.ts";
import { MOST_PASSKEYS, passkeyDescription } from "../../rules/passkey.ts";
import { withNext } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listWebAuthnCredentials = operation<ListWebAuthnCredentialsInput, ListWebAuthnCredentialsOutput>(
  async ({ AccessToken, MaxResults, NextToken }, context) => {
    const { passkeys = [] } = (await authenticated(context, AccessToken)).user;
    const start = NextToken === undefined ? 0 : passkeys.findIndex(({ id }) => id === NextToken) + 1;
    if (NextToken !== undefined && start === 0) throw invalidParameter("Invalid pagination token");
    const end = start + (MaxResults === undefined || MaxResults === 0 ? MOST_PASSKEYS : MaxResults);
    const next = end < passkeys.length ? passkeys[end - 1]?.id : undefined;
    return { Credentials: passkeys.slice(start, end).map(passkeyDescription), ...withNext("NextToken", next) };
  },
);
