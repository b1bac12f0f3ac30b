// Lets messages go to a phone again. https://docs.aws.amazon.com/sns/latest/api/API_OptInPhoneNumber.html

import type { OptInPhoneNumberInput, OptInPhoneNumberOutput } from "../../../../models/sns.d.ts";
import { checkNumber } from "../../rules/phone-number.ts";
import { operation } from "../../store.ts";

export const optInPhoneNumber = operation<OptInPhoneNumberInput, OptInPhoneNumberOutput>((input, { store }) => {
  checkNumber(input.phoneNumber);
  store.optedOut.delete(input.phoneNumber);
  return {};
});
