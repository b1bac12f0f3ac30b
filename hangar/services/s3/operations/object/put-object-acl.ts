// Sets an object's access control list.

import type { PutObjectAclInput, PutObjectAclOutput } from "../../../../models/s3.d.ts";
import { isDeepStrictEqual } from "node:util";
import { announce } from "../../engine/announce.ts";
import { begunAgain } from "../../engine/replication.ts";
import { amend, amendableAt } from "../../engine/versions.ts";
import { checkAllowed, requestedGrants } from "../../engine/access-lists.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { enforcesOwner, grantsOfObject, ownerOfObject } from "../../rules/grants.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl = operation<PutObjectAclInput, PutObjectAclOutput>((input, context) => {
  const found = findBucket(input, context);
  const object = amendableAt(found, input, "PUT");
  const grants = requestedGrants(input, {
    owner: ownerOfObject(found.bucket, object),
    bucketOwner: found.bucket.account,
  });
  checkAllowed(context, found, grants, input.ACL);
  if (enforcesOwner(found.bucket)) return {};
  // Setting what is set tells nobody.
  const isNew = !isDeepStrictEqual(grants, grantsOfObject(found.bucket, object));
  const changed = amend(found, object, { grants, ...begunAgain(context, found.bucket, object) });
  if (isNew) announce(context, found, changed, { event: "ObjectAcl:Put", sequenced: false });
  return {};
});
