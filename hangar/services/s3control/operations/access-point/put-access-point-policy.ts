// Sets an access point's policy.

import type { PutAccessPointPolicyRequest } from "../../../../models/s3control.d.ts";
import { checkName } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html */
export const putAccessPointPolicy = operation<PutAccessPointPolicyRequest, Record<string, never>>(
  async (input, context) => {
    checkAccount(input, context);
    checkName(input.Name);
    await context.ports.storage.setAccessPointPolicy(input.Name, input.Policy);
    return {};
  },
);
