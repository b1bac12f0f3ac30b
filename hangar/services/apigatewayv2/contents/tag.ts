// API Gateway V2's operations on tags, by API name.

import { getTags } from "../operations/tag/get-tags.ts";
import { tagResource } from "../operations/tag/tag-resource.ts";
import { untagResource } from "../operations/tag/untag-resource.ts";

export const tagOperations = {
  GetTags: getTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};
