// Sets which public access an account blocks on all of its buckets and access points.

import type { PutPublicAccessBlockRequest } from "../../../../models/s3control.d.ts";
import { invalidRequest } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { blockOf } from "../../rules/public-access.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html */
export const putPublicAccessBlock = operation<PutPublicAccessBlockRequest, Record<string, never>>(
  async (input, context) => {
    checkAccount(input, context);
    const given = input.PublicAccessBlockConfiguration;
    if (Object.keys(given).length === 0) throw invalidRequest("Must specify at least one configuration.");
    await context.ports.storage.setAccountBlock(blockOf(given, false));
    return {};
  },
);
