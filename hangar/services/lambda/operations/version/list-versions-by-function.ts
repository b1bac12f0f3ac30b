// $LATEST and the published versions. https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html

import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from "../../../../models/lambda.d.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { findUnqualified, versionsOf } from "../../rules/find.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listVersionsByFunction = operation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>(
  async (input, context) => {
    const found = findUnqualified(context, input.FunctionName);
    const { items, next } = pageOf(versionsOf(found.store, found.row.name), (row) => row.version, input);
    return {
      ...marker(next),
      Versions: (await Promise.all(items.map((each) => readable(context, each)))).map((row) =>
        configurationAnswer(row, found.place, "listed", row.version),
      ),
    };
  },
);
