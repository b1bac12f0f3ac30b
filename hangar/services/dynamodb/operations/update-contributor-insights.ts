// Begins or ends to watch a table's or index's hot keys. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContributorInsights.html

import type { UpdateContributorInsightsInput, UpdateContributorInsightsOutput } from "../../../models/dynamodb.d.ts";
import { findInsights } from "../engine/find-insights.ts";
import { changedInsights, countRules, DEFAULT_MODE, insightsOf, ruleNames } from "../rules/contributor-insights.ts";
import { operation } from "../store.ts";

export const updateContributorInsights = operation<UpdateContributorInsightsInput, UpdateContributorInsightsOutput>(
  (input, context) => {
    const { table, index, store } = findInsights(context, input);
    const wanted = {
      enable: input.ContributorInsightsAction === "ENABLE",
      mode: input.ContributorInsightsMode ?? DEFAULT_MODE,
    };
    const before = insightsOf(table, index);
    const own = before?.status === "ENABLED" ? ruleNames(table, index, before).length : 0;
    const otherRules = countRules(store.tables.rows()) - own;
    const after = changedInsights({ table, index }, wanted, { now: context.clock.now(), otherRules });
    const names = { TableName: table.name, IndexName: index?.name };
    if (after === "keep")
      return {
        ...names,
        ContributorInsightsStatus: before?.status ?? "DISABLED",
        ContributorInsightsMode: before?.mode,
      };
    store.tables.put(table.name, { ...table, insights: { ...table.insights, [index?.name ?? ""]: after } });
    return {
      ...names,
      ContributorInsightsStatus: wanted.enable ? "ENABLING" : "DISABLING",
      ContributorInsightsMode: after.mode,
    };
  },
);
