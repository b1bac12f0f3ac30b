// Lists the tags of a bucket or an access point.

import type { ListTagsForResourceRequest, ListTagsForResourceResult } from "../../../../models/s3control.d.ts";
import { noSuchResource } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { checkResource } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResult>(
  async (input, context) => {
    checkAccount(input, context);
    const tags = await context.ports.storage.tags(checkResource(input.ResourceArn));
    if (tags === undefined) throw noSuchResource();
    return { Tags: tags };
  },
);
