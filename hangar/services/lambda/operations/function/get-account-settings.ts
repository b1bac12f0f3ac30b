// Limits of the account and what is used of them. https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html

import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from "../../../../models/lambda.d.ts";
import { operation } from "../../store.ts";

export const getAccountSettings = operation<GetAccountSettingsRequest, GetAccountSettingsResponse>(
  (_input, { store }) => {
    let size = 0;
    let reserved = 0;
    for (const version of store.versions.rows()) size += version.code.size;
    for (const layer of store.layers.rows()) size += layer.code.size;
    for (const row of store.functions.rows()) reserved += row.reservedConcurrency ?? 0;
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: 1000,
        UnreservedConcurrentExecutions: 1000 - reserved,
      },
      AccountUsage: { TotalCodeSize: size, FunctionCount: store.functions.size },
    };
  },
);
