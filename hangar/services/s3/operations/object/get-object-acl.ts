// Tells an object's access control list.

import type { GetObjectAclInput, GetObjectAclOutput } from "../../../../models/s3.d.ts";
import { objectAt } from "../../engine/versions.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { grantsOfObject, ownerOfObject } from "../../rules/grants.ts";
import { ownerOf } from "../../rules/owners.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = operation<GetObjectAclInput, GetObjectAclOutput>((input, context) => {
  const found = findBucket(input, context);
  const object = objectAt(found, input);
  return { Owner: ownerOf(ownerOfObject(found.bucket, object)), Grants: grantsOfObject(found.bucket, object) };
});
