// Ends what an account blocks; its buckets and access points keep their own settings.

import type { DeletePublicAccessBlockRequest } from "../../../../models/s3control.d.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock = operation<DeletePublicAccessBlockRequest, Record<string, never>>(
  async (input, context) => {
    checkAccount(input, context);
    await context.ports.storage.setAccountBlock(undefined);
    return {};
  },
);
