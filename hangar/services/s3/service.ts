// Amazon S3: its operations, access rules, tables, port, workers, resources and front doors.

import { defineService } from "../../cloud/service.ts";
import { access, deniedWords } from "./access.ts";
import { malformedXml } from "./errors.ts";
import { LOGGED, logAccess } from "./engine/access-log.ts";
import { formDoor } from "./http/form-upload.ts";
import { preflightDoor } from "./http/preflight.ts";
import { responseHeaders } from "./http/response-headers.ts";
import { websiteDoor } from "./http/website.ts";
import { objectsPort } from "./port.ts";
import { storagePort } from "./engine/storage-port.ts";
import { bucketOperations } from "./contents/bucket-operations.ts";
import { multipartOperations } from "./contents/multipart-operations.ts";
import { objectOperations } from "./contents/object-operations.ts";
import { bucketPolicy } from "./resources/bucket-policy.ts";
import { bucket } from "./resources/bucket.ts";
import { tables } from "./store.ts";
import { completeRestore } from "./workers/complete-restore.ts";
import { deliverAccessLog } from "./workers/deliver-access-log.ts";
import { endRestore } from "./workers/end-restore.ts";
import { inventory } from "./workers/inventory.ts";
import { lifecycle } from "./workers/lifecycle.ts";
import { notify } from "./workers/notify.ts";
import { replicate } from "./workers/replicate.ts";

/** What an operation does without, or refuses once it has found the bucket. */
const LATE = new Set([
  "PutBucketTagging TagSet",
  "PutObjectTagging TagSet",
  "PutBucketEncryption Rules",
  "RenameObject RenameSource",
  "GetObjectAttributes ObjectAttributes",
]);

export const service = defineService({
  name: "s3",
  tables,
  operations: { ...bucketOperations, ...objectOperations, ...multipartOperations },
  access,
  accessDenied: deniedWords,
  // S3 words its own refusals, operation by operation; what is wholly missing is malformed.
  validationFailed: (violations, operation) =>
    violations.some((each) => each.kind === "required" && !LATE.has(`${operation} ${each.member}`))
      ? malformedXml()
      : undefined,
  workers: { completeRestore, deliverAccessLog, endRestore, inventory, lifecycle, notify, replicate },
  resources: [bucket, bucketPolicy],
  http: [websiteDoor, preflightDoor, formDoor],
  responseHeaders,
  witness: { while: LOGGED, see: logAccess },
  provides: { objects: objectsPort, storage: storagePort },
});
