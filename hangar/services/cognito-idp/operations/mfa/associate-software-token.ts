// Gives a user the secret for an authenticator app. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html

import type { AssociateSoftwareTokenInput, AssociateSoftwareTokenOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { setUpAt } from "../../engine/set-up.ts";
import { changeSession } from "../../engine/sessions.ts";
import { saveUser } from "../../engine/users.ts";
import { softwareTokenNotEnabled } from "../../errors.ts";
import { operation } from "../../store.ts";

export const associateSoftwareToken = operation<AssociateSoftwareTokenInput, AssociateSoftwareTokenOutput>(
  async ({ AccessToken, Session }, context) => {
    const SecretCode = context.ids.upper(52);
    if (AccessToken !== undefined) {
      const { user, ...place } = await authenticated(context, AccessToken);
      if (!place.pool.softwareTokens) throw softwareTokenNotEnabled();
      saveUser(place, { ...user, totpOffered: SecretCode });
      return { SecretCode };
    }
    const { place, handle, session } = setUpAt(context, Session);
    if (!place.pool.softwareTokens) throw softwareTokenNotEnabled();
    changeSession(place, handle, { ...session, secret: SecretCode, verified: false });
    return { SecretCode, Session: handle };
  },
);
