// Tells how a request went. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResourceRequestStatus.html

import type { GetResourceRequestStatusInput, GetResourceRequestStatusOutput } from "../../../models/cloudcontrol.d.ts";
import { requestMissing } from "../errors.ts";
import { progressView } from "../workers/progress.ts";
import { operation } from "../store.ts";

export const getResourceRequestStatus = operation<GetResourceRequestStatusInput, GetResourceRequestStatusOutput>(
  (input, { store }) => {
    const row = store.requests.get(input.RequestToken);
    if (row === undefined) throw requestMissing(input.RequestToken);
    return { ProgressEvent: progressView(row) };
  },
);
