// Lists the tables and indexes whose hot keys are watched. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListContributorInsights.html

import type { ListContributorInsightsInput, ListContributorInsightsOutput } from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { insightsOf, insightsPlaces } from "../rules/contributor-insights.ts";
import { operation } from "../store.ts";

const MAX_RESULTS = 100;

/** A page is of so many tables and indexes, watched or not: it may be empty and not the last, as on AWS. */
export const listContributorInsights = operation<ListContributorInsightsInput, ListContributorInsightsOutput>(
  (input, context) => {
    const tables =
      input.TableName === undefined ? context.store.tables.rows() : [findNamedTable(context, input.TableName).table];
    const places = [...insightsPlaces(tables)].map(({ table, index }) => ({
      table,
      index,
      row: insightsOf(table, index),
      position: `${table.name}/${index?.name ?? ""}`,
    }));
    const after = input.NextToken === undefined ? undefined : Buffer.from(input.NextToken, "base64").toString();
    const start = after === undefined ? 0 : places.findIndex(({ position }) => position === after) + 1;
    const size = input.MaxResults === undefined || input.MaxResults <= 0 ? MAX_RESULTS : input.MaxResults;
    const page = places.slice(start, start + size);
    const last = start + page.length < places.length ? page.at(-1) : undefined;
    return {
      ContributorInsightsSummaries: page.flatMap(({ table, index, row }) =>
        row === undefined || row.status === "DISABLED"
          ? []
          : [
              {
                TableName: table.name,
                IndexName: index?.name,
                ContributorInsightsStatus: row.status,
                ContributorInsightsMode: row.mode,
              },
            ],
      ),
      NextToken: last === undefined ? undefined : Buffer.from(last.position).toString("base64"),
    };
  },
);
