// New tokens for a refresh token, with the next refresh token where they are rotated. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html

import type {
  GetTokensFromRefreshTokenInput,
  GetTokensFromRefreshTokenOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findClient } from "../../engine/find.ts";
import { refreshable, refreshed } from "../../engine/refresh.ts";
import { checkSecret } from "../../engine/secret-hash.ts";
import { operation } from "../../store.ts";

export const getTokensFromRefreshToken = operation<GetTokensFromRefreshTokenInput, GetTokensFromRefreshTokenOutput>(
  async (input, context) => {
    const place = findClient(context, input.ClientId);
    checkSecret(place.client, input.ClientSecret);
    const found = refreshable(place, input.RefreshToken, input.DeviceKey);
    return { AuthenticationResult: await refreshed({ ...place, metadata: input.ClientMetadata }, found) };
  },
);
