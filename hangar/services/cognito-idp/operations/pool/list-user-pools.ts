// Lists the pools of an account in a region. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html

import type { ListUserPoolsInput, ListUserPoolsOutput } from "../../../../models/cognito-idp.d.ts";
import { pageOf, withNext } from "../../rules/pages.ts";
import { poolSummary } from "../../rules/pool-description.ts";
import { operation } from "../../store.ts";

export const listUserPools = operation<ListUserPoolsInput, ListUserPoolsOutput>(
  ({ MaxResults, NextToken }, { store }) => {
    const { rows, next } = pageOf(store.pools, { prefix: "", most: MaxResults, token: NextToken });
    return { UserPools: rows.map(poolSummary), ...withNext("NextToken", next) };
  },
);
