// A signed-in user's device becomes one that may be remembered. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmDevice.html

import type { ConfirmDeviceInput, ConfirmDeviceOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { deviceIfAny, saveDevice } from "../../engine/devices.ts";
import { deviceKeyExists, invalidParameter } from "../../errors.ts";
import { remembersOnlyIfAsked } from "../../rules/device.ts";
import { operation, type Verifier } from "../../store.ts";

export const confirmDevice = operation<ConfirmDeviceInput, ConfirmDeviceOutput>(async (input, context) => {
  const place = await authenticated(context, input.AccessToken);
  const { pool, user, signIn } = place;
  const { DeviceKey: key, DeviceName: name = context.request.userAgent } = input;
  if (signIn.device?.key !== key) throw invalidParameter("Invalid device key given.");
  if (deviceIfAny(place, user, key) !== undefined) throw deviceKeyExists();
  const verifier = verifierOf(input.DeviceSecretVerifierConfig);
  const ask = remembersOnlyIfAsked(pool);
  const now = context.clock.now();
  const times = { created: now, modified: now, authenticated: now };
  saveDevice(place, {
    ...signIn.device,
    name,
    verifier,
    remembered: !ask,
    ...times,
    address: context.request.sourceIp,
  });
  return { UserConfirmationNecessary: ask };
});

function verifierOf({
  PasswordVerifier,
  Salt,
}: NonNullable<ConfirmDeviceInput["DeviceSecretVerifierConfig"]> = {}): Verifier {
  if (PasswordVerifier === undefined || Salt === undefined) throw invalidParameter("Invalid device secret verifier.");
  const hexadecimal = (text: string) => Buffer.from(text, "base64").toString("hex");
  const [verifier, salt] = [hexadecimal(PasswordVerifier), hexadecimal(Salt)];
  if (verifier === "" || salt === "") throw invalidParameter("Invalid device secret verifier.");
  return { verifier, salt };
}
