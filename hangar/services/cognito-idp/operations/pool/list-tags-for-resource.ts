// Shows a pool's tags. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../../models/cognito-idp.d.ts";
import { taggedPool } from "../../engine/find-tagged.ts";
import { operation } from "../../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>(
  ({ ResourceArn }, context) => ({ Tags: taggedPool(context, ResourceArn).pool.tags }),
);
