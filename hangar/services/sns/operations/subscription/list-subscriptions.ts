// Lists subscriptions of the account and region, a hundred at a time. https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html

import type { ListSubscriptionsInput, ListSubscriptionsOutput } from "../../../../models/sns.d.ts";
import { pageOf } from "../../rules/page.ts";
import { summaryOf } from "../../rules/subscription-summary.ts";
import { operation } from "../../store.ts";

export const listSubscriptions = operation<ListSubscriptionsInput, ListSubscriptionsOutput>((input, { store }) => {
  const { items, next } = pageOf([...store.subscriptions.rows()], input.NextToken);
  return { Subscriptions: items.map(summaryOf), NextToken: next };
});
