// Deletes a phone that was to be verified, or was. https://docs.aws.amazon.com/sns/latest/api/API_DeleteSMSSandboxPhoneNumber.html

import type { DeleteSMSSandboxPhoneNumberInput, DeleteSMSSandboxPhoneNumberOutput } from "../../../../models/sns.d.ts";
import { resourceDoesNotExist } from "../../errors.ts";
import { operation } from "../../store.ts";

export const deleteSMSSandboxPhoneNumber = operation<
  DeleteSMSSandboxPhoneNumberInput,
  DeleteSMSSandboxPhoneNumberOutput
>((input, { store }) => {
  if (store.sandboxNumbers.delete(input.PhoneNumber) === undefined) throw resourceDoesNotExist();
  return {};
});
