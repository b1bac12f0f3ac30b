// Lists the access points of an account, or those of one bucket.

import type { ListAccessPointsRequest, ListAccessPointsResult } from "../../../../models/s3control.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { listed } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { readToken, writeToken } from "../../rules/page-token.ts";
import { operation } from "../../store.ts";

const MOST = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html */
export const listAccessPoints = operation<ListAccessPointsRequest, ListAccessPointsResult>(async (input, context) => {
  checkAccount(input, context);
  if (input.DataSourceId !== undefined || input.DataSourceType !== undefined)
    throw notEmulated("access points of other data sources than buckets (DataSourceId, DataSourceType)");
  const max = input.MaxResults === undefined || input.MaxResults === 0 ? MOST : input.MaxResults;
  const after = input.NextToken === undefined ? undefined : readToken(input.NextToken);
  const found = await context.ports.storage.accessPoints({ bucket: input.Bucket, after, max: max + 1 });
  const page = found.slice(0, max);
  const last = page.at(-1);
  return {
    AccessPointList: page.map(listed),
    ...(found.length > max && last !== undefined ? { NextToken: writeToken(last.name) } : {}),
  };
});
