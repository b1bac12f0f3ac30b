// Lists a pool's users, all or those that a filter lets through. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html

import type { ListUsersInput, ListUsersOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { invalidParameter } from "../../errors.ts";
import { pageOf, withNext } from "../../rules/pages.ts";
import { userDescription } from "../../rules/pool-description.ts";
import { userFilter } from "../../rules/user-filter.ts";
import { keyIn, operation } from "../../store.ts";

export const listUsers = operation<ListUsersInput, ListUsersOutput>((input, context) => {
  const { pool, store } = findPool(context, input.UserPoolId);
  const wanted = input.AttributesToGet;
  const known = new Set(pool.schema.map(({ Name }) => Name));
  const strange = wanted?.find((name) => !known.has(name));
  if (strange !== undefined) throw invalidParameter(`Invalid attribute name: ${strange}`);
  const { rows, next } = pageOf(store.users, {
    prefix: keyIn(pool, ""),
    most: input.Limit ?? 60,
    token: input.PaginationToken,
    keep: userFilter(input.Filter),
  });
  const users = rows.map(userDescription);
  return {
    Users:
      wanted === undefined
        ? users
        : users.map((user) => ({
            ...user,
            Attributes: (user.Attributes ?? []).filter(({ Name }) => wanted.includes(Name)),
          })),
    ...withNext("PaginationToken", next),
  };
});
