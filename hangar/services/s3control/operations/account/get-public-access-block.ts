// Tells which public access an account blocks.

import type { GetPublicAccessBlockRequest, GetPublicAccessBlockOutput } from "../../../../models/s3control.d.ts";
import { noSuchPublicAccessBlockConfiguration } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html */
export const getPublicAccessBlock = operation<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput>(
  async (input, context) => {
    const account = checkAccount(input, context);
    const block = await context.ports.storage.accountBlock();
    if (block === undefined) throw noSuchPublicAccessBlockConfiguration(account);
    return { PublicAccessBlockConfiguration: block };
  },
);
