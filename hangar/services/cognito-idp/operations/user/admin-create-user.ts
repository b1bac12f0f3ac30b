// Creates a user with a temporary password, and invites them. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html

import type { AdminCreateUserInput, AdminCreateUserOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { send, type Medium } from "../../engine/messages.ts";
import { makeUser } from "../../engine/new-user.ts";
import { withPassword } from "../../engine/passwords.ts";
import { saveUser } from "../../engine/users.ts";
import { invalidParameter, unsupportedUserState } from "../../errors.ts";
import { attributesOf } from "../../rules/attributes.ts";
import { temporaryPassword } from "../../rules/password.ts";
import { userDescription } from "../../rules/pool-description.ts";
import { operation, type Place, type UserRow } from "../../store.ts";

export const adminCreateUser = operation<AdminCreateUserInput, AdminCreateUserOutput>(async (input, context) => {
  const place = findPool(context, input.UserPoolId);
  const password =
    input.TemporaryPassword ?? temporaryPassword(place.pool, (alphabet, length) => context.ids.text(alphabet, length));
  const mediums = input.DesiredDeliveryMediums as readonly Medium[] | undefined;
  const user =
    input.MessageAction === "RESEND"
      ? invitedAgain(place, input.Username, password)
      : await invited(place, input, password);
  const sending = input.MessageAction === "SUPPRESS" ? [] : addresses(user, mediums);
  saveUser(place, user);
  for (const [medium, destination] of sending)
    await send(place, user, {
      kind: "AdminCreateUser",
      medium,
      destination,
      code: password,
      metadata: input.ClientMetadata,
    });
  return { User: userDescription(user) };
});

function invited(place: Place, input: AdminCreateUserInput, password: string): Promise<UserRow> {
  return makeUser(place, {
    name: input.Username,
    password,
    attributes: attributesOf(input.UserAttributes),
    validationData: input.ValidationData === undefined ? undefined : attributesOf(input.ValidationData),
    status: "FORCE_CHANGE_PASSWORD",
    metadata: input.ClientMetadata,
    source: "PreSignUp_AdminCreateUser",
    exists: "User account already exists",
    force: input.ForceAliasCreation,
  });
}

function invitedAgain(place: Place, name: string, password: string): UserRow {
  const { user } = findUser(place, name);
  if (user.status !== "FORCE_CHANGE_PASSWORD")
    throw unsupportedUserState(`Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`);
  return { ...withPassword(place, user, password), temporarySince: place.context.clock.now() };
}

/** Where nothing is said: the telephone, else the mailbox. */
function addresses({ attributes }: UserRow, asked?: readonly Medium[]): readonly (readonly [Medium, string])[] {
  const known: Readonly<Record<Medium, string>> = {
    SMS: attributes["phone_number"] ?? "",
    EMAIL: attributes["email"] ?? "",
  };
  if (asked === undefined || asked.length === 0) {
    const medium = known.SMS === "" ? "EMAIL" : "SMS";
    return known[medium] === "" ? [] : [[medium, known[medium]]];
  }
  return asked.map((medium) => {
    if (known[medium] === "") throw invalidParameter(`User does not have delivery config set to turn on ${medium}`);
    return [medium, known[medium]] as const;
  });
}
