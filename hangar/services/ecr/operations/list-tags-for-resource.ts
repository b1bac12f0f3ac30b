// Lists the tags of a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../models/ecr.d.ts";
import { nameIn, operation, repositoryAt } from "../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>((input, context) => ({
  tags: repositoryAt(nameIn(input.resourceArn), context).tags,
}));
