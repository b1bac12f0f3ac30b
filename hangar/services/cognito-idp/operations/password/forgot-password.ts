// Sends a code by which a user may choose another password. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html

import type { ForgotPasswordInput, ForgotPasswordOutput } from "../../../../models/cognito-idp.d.ts";
import { sendCode } from "../../engine/codes.ts";
import { findClient, userIfAny } from "../../engine/find.ts";
import { migrated } from "../../engine/migration.ts";
import { recoveryAddress } from "../../engine/recovery.ts";
import { checkSecretHash } from "../../engine/secret-hash.ts";
import { hidesUsers } from "../../engine/sign-in.ts";
import { notAuthorized, userNotFound } from "../../errors.ts";
import { simulatedDelivery } from "../../rules/simulated-delivery.ts";
import { operation, type ClientPlace, type UserRow } from "../../store.ts";

export const forgotPassword = operation<ForgotPasswordInput, ForgotPasswordOutput>(async (input, context) => {
  const place = findClient(context, input.ClientId);
  checkSecretHash(place.client, input.Username, input.SecretHash);
  const asked = { name: input.Username, source: "ForgotPassword", metadata: input.ClientMetadata } as const;
  const user = userIfAny(place, input.Username) ?? (await migrated(place, asked));
  if (user === undefined && !hidesUsers(place)) throw userNotFound("Username/client id combination not found.");
  if (user === undefined || (hidesUsers(place) && !isReachable(place, user)))
    return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "EXTERNAL_PROVIDER")
    throw notAuthorized("User password cannot be reset in the current state.");
  const CodeDeliveryDetails = await sendCode(place, user, {
    purpose: "forgot",
    kind: "ForgotPassword",
    ...recoveryAddress(place.pool, user),
    client: place.client.id,
    metadata: input.ClientMetadata,
  });
  return { CodeDeliveryDetails };
});

function isReachable({ pool }: ClientPlace, user: UserRow): boolean {
  const { email_verified: email, phone_number_verified: phone } = user.attributes;
  const ways = pool.settings.AccountRecoverySetting?.RecoveryMechanisms;
  return user.enabled && (email === "true" || phone === "true" || ways?.[0]?.Name === "admin_only");
}
