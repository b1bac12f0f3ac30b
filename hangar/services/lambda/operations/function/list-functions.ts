// Functions by name, or all their versions. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html

import type { ListFunctionsRequest, ListFunctionsResponse } from "../../../../models/lambda.d.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { versionsOf } from "../../rules/find.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listFunctions = operation<ListFunctionsRequest, ListFunctionsResponse>(async (input, context) => {
  const { store } = context;
  const all = [...store.functions.keys()].flatMap((name) =>
    versionsOf(store, name).filter((row) => input.FunctionVersion === "ALL" || row.version === "$LATEST"),
  );
  const { items, next } = pageOf(all, (row) => `${row.name}:${row.version}`, input);
  const qualified = input.FunctionVersion === "ALL";
  return {
    ...marker(next),
    Functions: (await Promise.all(items.map((each) => readable(context, each)))).map((row) =>
      configurationAnswer(row, context, "listed", qualified || row.version !== "$LATEST" ? row.version : undefined),
    ),
  };
});
