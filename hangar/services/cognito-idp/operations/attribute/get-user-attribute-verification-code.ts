// Sends a signed-in user a code for an address. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html

import type {
  GetUserAttributeVerificationCodeInput,
  GetUserAttributeVerificationCodeOutput,
} from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { sendCode } from "../../engine/codes.ts";
import type { Medium } from "../../engine/messages.ts";
import { invalidParameter } from "../../errors.ts";
import { operation } from "../../store.ts";

const MEDIUMS: Readonly<Record<string, Medium>> = { email: "EMAIL", phone_number: "SMS" };

export const getUserAttributeVerificationCode = operation<
  GetUserAttributeVerificationCodeInput,
  GetUserAttributeVerificationCodeOutput
>(async (input, context) => {
  const { user, client, ...place } = await authenticated(context, input.AccessToken);
  const name = input.AttributeName;
  const medium = MEDIUMS[name];
  if (medium === undefined) throw invalidParameter(`Attribute ${name} cannot be verified.`);
  const destination = user.pending?.[name] ?? user.attributes[name] ?? "";
  if (destination === "") throw invalidParameter(`User does not have ${name} attribute.`);
  const CodeDeliveryDetails = await sendCode(place, user, {
    purpose: `verify:${name}`,
    kind: "VerifyUserAttribute",
    medium,
    destination,
    client: client.id,
    metadata: input.ClientMetadata,
  });
  return { CodeDeliveryDetails };
});
