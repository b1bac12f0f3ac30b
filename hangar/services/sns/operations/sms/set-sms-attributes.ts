// Changes the account's settings for text messages. https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html

import type { SetSMSAttributesInput, SetSMSAttributesOutput } from "../../../../models/sns.d.ts";
import { checkSmsAttribute } from "../../rules/sms-attributes.ts";
import { operation } from "../../store.ts";

export const setSMSAttributes = operation<SetSMSAttributesInput, SetSMSAttributesOutput>((input, { store }) => {
  const given = Object.entries(input.attributes);
  for (const [name, value] of given) checkSmsAttribute(name, value);
  for (const [name, value] of given) store.smsAttributes.put(name, value);
  return {};
});
