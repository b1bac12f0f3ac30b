// Tells an access point's policy.

import type { GetAccessPointPolicyRequest, GetAccessPointPolicyResult } from "../../../../models/s3control.d.ts";
import { noSuchAccessPointPolicy } from "../../errors.ts";
import { checkName } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicy.html */
export const getAccessPointPolicy = operation<GetAccessPointPolicyRequest, GetAccessPointPolicyResult>(
  async (input, context) => {
    checkAccount(input, context);
    checkName(input.Name);
    const { policy } = await context.ports.storage.accessPoint(input.Name);
    if (policy === undefined) throw noSuchAccessPointPolicy(input.Name);
    return { Policy: policy };
  },
);
