// Reads the account's settings for text messages. https://docs.aws.amazon.com/sns/latest/api/API_GetSMSAttributes.html

import type { GetSMSAttributesInput, GetSMSAttributesOutput } from "../../../../models/sns.d.ts";
import { shownSmsAttributes } from "../../rules/sms-attributes.ts";
import { operation } from "../../store.ts";

export const getSMSAttributes = operation<GetSMSAttributesInput, GetSMSAttributesOutput>((input, { store }) => ({
  attributes: shownSmsAttributes(Object.fromEntries(store.smsAttributes.range()), input.attributes),
}));
