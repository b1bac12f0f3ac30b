// Aliases of a function, or of one of its versions. https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html

import type { ListAliasesRequest, ListAliasesResponse } from "../../../../models/lambda.d.ts";
import { aliasAnswer } from "../../rules/alias-answer.ts";
import { aliasesOf, findUnqualified } from "../../rules/find.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listAliases = operation<ListAliasesRequest, ListAliasesResponse>((input, context) => {
  const { row, store } = findUnqualified(context, input.FunctionName);
  const all = aliasesOf(store, row.name).filter(
    (alias) =>
      input.FunctionVersion === undefined ||
      alias.version === input.FunctionVersion ||
      alias.weights[input.FunctionVersion] !== undefined,
  );
  const { items, next } = pageOf(all, (alias) => alias.name, input);
  return { ...marker(next), Aliases: items.map((alias) => aliasAnswer(alias, context)) };
});
