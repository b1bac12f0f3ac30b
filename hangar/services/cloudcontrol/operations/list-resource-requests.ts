// Lists requests, newest first. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResourceRequests.html

import type { ListResourceRequestsInput, ListResourceRequestsOutput } from "../../../models/cloudcontrol.d.ts";
import { progressView } from "../workers/progress.ts";
import { operation } from "../store.ts";

export const listResourceRequests = operation<ListResourceRequestsInput, ListResourceRequestsOutput>(
  (input, { store }) => {
    const operations = input.ResourceRequestStatusFilter?.Operations ?? [];
    const statuses = input.ResourceRequestStatusFilter?.OperationStatuses ?? [];
    const rows = [...store.requests.rows()].filter(
      (row) =>
        (operations.length === 0 || operations.includes(row.operation)) &&
        (statuses.length === 0 || statuses.includes(row.status)),
    );
    return { ResourceRequestStatusSummaries: rows.toSorted((left, right) => right.at - left.at).map(progressView) };
  },
);
