// Says whether a phone wants no more messages. https://docs.aws.amazon.com/sns/latest/api/API_CheckIfPhoneNumberIsOptedOut.html

import type {
  CheckIfPhoneNumberIsOptedOutInput,
  CheckIfPhoneNumberIsOptedOutOutput,
} from "../../../../models/sns.d.ts";
import { checkNumber } from "../../rules/phone-number.ts";
import { operation } from "../../store.ts";

/** Phones opt out by answering STOP, which none can here. */
export const checkIfPhoneNumberIsOptedOut = operation<
  CheckIfPhoneNumberIsOptedOutInput,
  CheckIfPhoneNumberIsOptedOutOutput
>((input, { store }) => {
  checkNumber(input.phoneNumber);
  return { isOptedOut: store.optedOut.has(input.phoneNumber) };
});
