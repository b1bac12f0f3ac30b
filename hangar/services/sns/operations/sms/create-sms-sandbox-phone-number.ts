// Takes a phone to be verified; the password it would get is on the trace. https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html

import type { CreateSMSSandboxPhoneNumberInput, CreateSMSSandboxPhoneNumberOutput } from "../../../../models/sns.d.ts";
import { checkPublishNumber } from "../../rules/phone-number.ts";
import { operation } from "../../store.ts";
import { noted } from "../../workers/send.ts";

export const createSMSSandboxPhoneNumber = operation<
  CreateSMSSandboxPhoneNumberInput,
  CreateSMSSandboxPhoneNumberOutput
>((input, context) => {
  const number = input.PhoneNumber;
  checkPublishNumber(number);
  const password = context.ids.text("0123456789", 6);
  context.store.sandboxNumbers.put(number, { number, status: "Pending", password });
  noted(context, `sms:${number}`, `Your verification code is ${password}.`);
  return {};
});
