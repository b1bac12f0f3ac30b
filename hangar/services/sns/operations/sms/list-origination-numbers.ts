// Lists the account's own phone numbers: it has none, for none can be bought here. https://docs.aws.amazon.com/sns/latest/api/API_ListOriginationNumbers.html

import type { ListOriginationNumbersInput, ListOriginationNumbersOutput } from "../../../../models/sns.d.ts";
import { operation } from "../../store.ts";

export const listOriginationNumbers = operation<ListOriginationNumbersInput, ListOriginationNumbersOutput>(() => ({
  PhoneNumbers: [],
}));
