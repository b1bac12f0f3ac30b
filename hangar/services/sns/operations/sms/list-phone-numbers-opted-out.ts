// Lists phones that want no more messages. https://docs.aws.amazon.com/sns/latest/api/API_ListPhoneNumbersOptedOut.html

import type { ListPhoneNumbersOptedOutInput, ListPhoneNumbersOptedOutOutput } from "../../../../models/sns.d.ts";
import { pageOf } from "../../rules/page.ts";
import { operation } from "../../store.ts";

export const listPhoneNumbersOptedOut = operation<ListPhoneNumbersOptedOutInput, ListPhoneNumbersOptedOutOutput>(
  (input, { store }) => {
    const { items, next } = pageOf([...store.optedOut.keys()], input.nextToken);
    return { phoneNumbers: items, nextToken: next };
  },
);
