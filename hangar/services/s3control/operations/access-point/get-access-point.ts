// Tells what an access point is.

import type { GetAccessPointRequest, GetAccessPointResult } from "../../../../models/s3control.d.ts";
import { checkName, endpoints, listed } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPoint.html */
export const getAccessPoint = operation<GetAccessPointRequest, GetAccessPointResult>(async (input, context) => {
  checkAccount(input, context);
  checkName(input.Name);
  const accessPoint = await context.ports.storage.accessPoint(input.Name);
  return {
    ...listed(accessPoint),
    PublicAccessBlockConfiguration: accessPoint.block,
    CreationDate: new Date(accessPoint.created),
    Endpoints: endpoints(context.request.origin, context.region),
  };
});
