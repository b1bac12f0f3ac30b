// Lists a pool's resource servers. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListResourceServers.html

import type { ListResourceServersInput, ListResourceServersOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { pageOf, withNext } from "../../rules/pages.ts";
import { keyIn, operation } from "../../store.ts";

export const listResourceServers = operation<ListResourceServersInput, ListResourceServersOutput>(
  ({ UserPoolId, MaxResults = 50, NextToken }, context) => {
    const { pool, store } = findPool(context, UserPoolId);
    const asked = { prefix: keyIn(pool, ""), most: MaxResults, token: NextToken };
    const { rows, next } = pageOf(store.resourceServers, asked);
    return { ResourceServers: rows, ...withNext("NextToken", next) };
  },
);
