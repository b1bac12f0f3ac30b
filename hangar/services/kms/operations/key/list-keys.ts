// Lists the keys of the account in the region. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html

import type { ListKeysInput, ListKeysOutput } from "../../../../models/kms.d.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listKeys = operation<ListKeysInput, ListKeysOutput>((input, context) => {
  const { page, next } = pageOf([...context.store.keys.rows()], input);
  return { Keys: page.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...next };
});
