// Sends a new code for a sign-up. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html

import type { ResendConfirmationCodeInput, ResendConfirmationCodeOutput } from "../../../../models/cognito-idp.d.ts";
import { namedUser } from "../../engine/client-user.ts";
import { sendCode } from "../../engine/codes.ts";
import { addressOf } from "../../engine/messages.ts";
import { invalidParameter } from "../../errors.ts";
import { simulatedDelivery } from "../../rules/simulated-delivery.ts";
import { operation } from "../../store.ts";

export const resendConfirmationCode = operation<ResendConfirmationCodeInput, ResendConfirmationCodeOutput>(
  async (input, context) => {
    const { user, ...place } = namedUser(context, input);
    if (user === undefined) return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
    if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
    const address = addressOf(user, place.pool.settings.AutoVerifiedAttributes ?? []);
    if (address === undefined) throw invalidParameter("Auto verification not turned on.");
    const CodeDeliveryDetails = await sendCode(place, user, {
      purpose: "confirm",
      kind: "ResendCode",
      ...address,
      client: place.client.id,
      metadata: input.ClientMetadata,
    });
    return { CodeDeliveryDetails };
  },
);
