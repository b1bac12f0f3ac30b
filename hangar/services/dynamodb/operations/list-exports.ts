// Lists the exports of the last 90 days, the newest first. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html

import type { ListExportsInput, ListExportsOutput } from "../../../models/dynamodb.d.ts";
import { pageOf } from "../rules/job-ids.ts";
import { operation } from "../store.ts";

const LISTED_FOR = 90 * 86_400_000;

/** By table, only those of the table that has the name now. */
export const listExports = operation<ListExportsInput, ListExportsOutput>((input, { store, clock }) => {
  const { TableArn: arn } = input;
  const id = arn === undefined ? undefined : store.tables.get(arn.slice(arn.lastIndexOf("/") + 1))?.id;
  const since = clock.now() - LISTED_FOR;
  const wanted = [...store.exports.rows()].filter(
    (row) => row.started >= since && (arn === undefined || (row.tableArn === arn && row.tableId === id)),
  );
  const { rows, next } = pageOf(wanted, { kind: "exports", token: input.NextToken, limit: input.MaxResults });
  return {
    ExportSummaries: rows.map((row) => ({
      ExportArn: row.arn,
      ExportStatus: row.status,
      ExportType: row.period === undefined ? "FULL_EXPORT" : "INCREMENTAL_EXPORT",
    })),
    NextToken: next,
  };
});
