// The code signing configurations of a region. https://docs.aws.amazon.com/lambda/latest/api/API_ListCodeSigningConfigs.html

import type { ListCodeSigningConfigsRequest, ListCodeSigningConfigsResponse } from "../../../../models/lambda.d.ts";
import { codeSigningAnswer } from "../../rules/code-signing.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listCodeSigningConfigs = operation<ListCodeSigningConfigsRequest, ListCodeSigningConfigsResponse>(
  (input, context) => {
    const { items, next } = pageOf([...context.store.codeSigning.rows()], (row) => row.id, input);
    return { ...marker(next), CodeSigningConfigs: items.map((row) => codeSigningAnswer(row, context)) };
  },
);
