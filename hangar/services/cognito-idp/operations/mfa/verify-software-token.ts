// A user shows that their authenticator app has the secret. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html

import type { VerifySoftwareTokenInput, VerifySoftwareTokenOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { changeSession } from "../../engine/sessions.ts";
import { setUpAt } from "../../engine/set-up.ts";
import { saveUser } from "../../engine/users.ts";
import { enableSoftwareToken, invalidParameter } from "../../errors.ts";
import { stepOf } from "../../rules/totp.ts";
import { operation } from "../../store.ts";

export const verifySoftwareToken = operation<VerifySoftwareTokenInput, VerifySoftwareTokenOutput>(
  async ({ AccessToken, Session, UserCode, FriendlyDeviceName }, context) => {
    const now = context.clock.now();
    if (AccessToken !== undefined) {
      const { user, ...place } = await authenticated(context, AccessToken);
      const secret = user.totpOffered ?? user.totp;
      if (secret === undefined) throw invalidParameter("User has not been associated with a software token.");
      if (stepOf(secret, UserCode, now) === undefined) throw enableSoftwareToken();
      saveUser(place, {
        ...user,
        totp: secret,
        totpOffered: undefined,
        totpUsed: undefined,
        totpName: FriendlyDeviceName,
      });
      return { Status: "SUCCESS" };
    }
    const { place, handle, session } = setUpAt(context, Session);
    if (session.secret === undefined) throw invalidParameter("User has not been associated with a software token.");
    if (stepOf(session.secret, UserCode, now) === undefined) throw enableSoftwareToken();
    changeSession(place, handle, { ...session, verified: true });
    return { Status: "SUCCESS", Session: handle };
  },
);
