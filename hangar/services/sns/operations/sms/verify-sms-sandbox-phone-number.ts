// Verifies a phone with the password that it got. https://docs.aws.amazon.com/sns/latest/api/API_VerifySMSSandboxPhoneNumber.html

import type { VerifySMSSandboxPhoneNumberInput, VerifySMSSandboxPhoneNumberOutput } from "../../../../models/sns.d.ts";
import { resourceDoesNotExist, verificationFailed } from "../../errors.ts";
import { operation } from "../../store.ts";

export const verifySMSSandboxPhoneNumber = operation<
  VerifySMSSandboxPhoneNumberInput,
  VerifySMSSandboxPhoneNumberOutput
>((input, { store }) => {
  const found = store.sandboxNumbers.get(input.PhoneNumber);
  if (found === undefined) throw resourceDoesNotExist();
  if (found.password !== input.OneTimePassword) throw verificationFailed();
  store.sandboxNumbers.put(found.number, { ...found, status: "Verified" });
  return {};
});
