// Lists the imports of the last 90 days, the newest first. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListImports.html

import type { ListImportsInput, ListImportsOutput } from "../../../models/dynamodb.d.ts";
import { summarizeImport } from "../engine/imports.ts";
import { pageOf } from "../rules/job-ids.ts";
import { operation } from "../store.ts";

const LISTED_FOR = 90 * 86_400_000;

export const listImports = operation<ListImportsInput, ListImportsOutput>((input, { store, clock }) => {
  const since = clock.now() - LISTED_FOR;
  const wanted = [...store.imports.rows()].filter(
    (row) => row.started >= since && (input.TableArn === undefined || row.table.arn === input.TableArn),
  );
  const { rows, next } = pageOf(wanted, { kind: "imports", token: input.NextToken, limit: input.PageSize });
  return { ImportSummaryList: rows.map(summarizeImport), NextToken: next };
});
