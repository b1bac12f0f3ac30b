// Shows the tags of a pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../models/cognito-identity.d.ts";
import { poolOfArn } from "../engine/tagged.ts";
import { operation } from "../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>(
  ({ ResourceArn }, context) => ({
    Tags: poolOfArn(context, ResourceArn).tags,
  }),
);
