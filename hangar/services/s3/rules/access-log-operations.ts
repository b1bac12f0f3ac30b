// What server access logs call the operations of S3: REST.METHOD.RESOURCE.

/** Resources whose name in the log is not the operation's own, in capitals. */
const RESOURCES: Readonly<Record<string, string>> = {
  GetObject: "OBJECT",
  HeadObject: "OBJECT",
  PutObject: "OBJECT",
  DeleteObject: "OBJECT",
  CopyObject: "OBJECT",
  DeleteObjects: "MULTI_OBJECT_DELETE",
  CreateMultipartUpload: "UPLOADS",
  ListMultipartUploads: "UPLOADS",
  UploadPart: "PART",
  UploadPartCopy: "PART",
  CompleteMultipartUpload: "UPLOAD",
  AbortMultipartUpload: "UPLOAD",
  ListParts: "UPLOAD",
  ListObjects: "BUCKET",
  ListObjectsV2: "BUCKET",
  HeadBucket: "BUCKET",
  CreateBucket: "BUCKET",
  ListObjectVersions: "BUCKETVERSIONS",
  GetBucketLocation: "LOCATION",
  GetObjectAcl: "ACL",
  PutObjectAcl: "ACL",
  GetBucketPolicy: "BUCKETPOLICY",
  PutBucketPolicy: "BUCKETPOLICY",
  DeleteBucketPolicy: "BUCKETPOLICY",
  GetBucketPolicyStatus: "BUCKETPOLICYSTATUS",
  GetBucketLogging: "LOGGING_STATUS",
  PutBucketLogging: "LOGGING_STATUS",
  GetObjectRetention: "OBJECT_LOCK_RETENTION",
  PutObjectRetention: "OBJECT_LOCK_RETENTION",
  GetObjectLegalHold: "OBJECT_LOCK_LEGALHOLD",
  PutObjectLegalHold: "OBJECT_LOCK_LEGALHOLD",
  "s3-preflight": "PREFLIGHT",
  "s3-form-upload": "OBJECT",
  "s3-website": "OBJECT",
};

const known = new Map<string, string>();

export function loggedOperation(operation: string, method: string): string {
  if (operation === "s3-website") return `WEBSITE.${method}.OBJECT`;
  const verb = operation === "CopyObject" || operation === "UploadPartCopy" ? "COPY" : method;
  return `REST.${verb}.${RESOURCES[operation] ?? ownName(operation)}`;
}

/** `GetBucketRequestPayment` is REQUEST_PAYMENT, `PutObjectTagging` OBJECT_TAGGING. */
function ownName(operation: string): string {
  let name = known.get(operation);
  if (name === undefined) {
    name = operation
      .replace(/^(?:Get|Put|Delete|List|Post|Update|Rename)(?:Bucket)?/, "")
      .replace(/Configurations?$/, "")
      .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
      .toUpperCase();
    known.set(operation, name);
  }
  return name;
}
