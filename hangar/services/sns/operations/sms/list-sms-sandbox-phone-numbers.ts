// Lists phones that were to be verified. https://docs.aws.amazon.com/sns/latest/api/API_ListSMSSandboxPhoneNumbers.html

import type { ListSMSSandboxPhoneNumbersInput, ListSMSSandboxPhoneNumbersOutput } from "../../../../models/sns.d.ts";
import { pageOf } from "../../rules/page.ts";
import { operation } from "../../store.ts";

export const listSMSSandboxPhoneNumbers = operation<ListSMSSandboxPhoneNumbersInput, ListSMSSandboxPhoneNumbersOutput>(
  (input, { store }) => {
    const { items, next } = pageOf([...store.sandboxNumbers.rows()], input.NextToken, input.MaxResults);
    return {
      PhoneNumbers: items.map(({ number, status }) => ({ PhoneNumber: number, Status: status })),
      NextToken: next,
    };
  },
);
