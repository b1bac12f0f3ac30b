// Every error S3 returns, in its words.

import { AwsError } from "../../kernel/aws-error.ts";

type Members = Readonly<Record<string, unknown>>;

export function withHeaders(error: AwsError, headers: Readonly<Record<string, string>>): AwsError {
  return new AwsError(error.code, error.message, { status: error.status, members: error.members, headers });
}

export function noSuchBucket(name: string): AwsError {
  return new AwsError("NoSuchBucket", "The specified bucket does not exist", {
    status: 404,
    members: { BucketName: name },
  });
}

export function noSuchAccessPoint(name: string): AwsError {
  const members = { AccessPointName: name };
  return new AwsError("NoSuchAccessPoint", "The specified accesspoint does not exist", { status: 404, members });
}

export function accessPointAlreadyOwnedByYou(): AwsError {
  const message = "Your previous request to create the named accesspoint succeeded and you already own it.";
  return new AwsError("AccessPointAlreadyOwnedByYou", message, { status: 409 });
}

export function notThroughAccessPoints(method: string): AwsError {
  const message = "The specified method is not allowed against this resource.";
  return new AwsError("MethodNotAllowed", message, { status: 405, members: { Method: method } });
}

export function noSuchKey(key: string): AwsError {
  return new AwsError("NoSuchKey", "The specified key does not exist.", { status: 404, members: { Key: key } });
}

export function noSuchVersion(key: string, version: string): AwsError {
  const members = { Key: key, VersionId: version };
  return new AwsError("NoSuchVersion", "The specified version does not exist.", { status: 404, members });
}

export function invalidVersionId(version: string, argument = "versionId"): AwsError {
  const message = version === "" ? "Version id cannot be the empty string" : "Invalid version id specified";
  return invalidArgument(message, argument, version);
}

export function noSuchUpload(id: string): AwsError {
  const message =
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
  return new AwsError("NoSuchUpload", message, { status: 404, members: { UploadId: id } });
}

export function bucketAlreadyOwnedByYou(name: string): AwsError {
  const message = "Your previous request to create the named bucket succeeded and you already own it.";
  return new AwsError("BucketAlreadyOwnedByYou", message, { status: 409, members: { BucketName: name } });
}

export function bucketAlreadyExists(name: string): AwsError {
  const message =
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.";
  return new AwsError("BucketAlreadyExists", message, { status: 409, members: { BucketName: name } });
}

export function invalidBucketName(name: string): AwsError {
  return new AwsError("InvalidBucketName", "The specified bucket is not valid.", { members: { BucketName: name } });
}

export function bucketNotEmpty(name: string, versions: boolean): AwsError {
  const message = versions
    ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    : "The bucket you tried to delete is not empty";
  return new AwsError("BucketNotEmpty", message, { status: 409, members: { BucketName: name } });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html */
export function permanentRedirect(bucket: string, region: string): AwsError {
  const message =
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.";
  const members = { Endpoint: `s3.${region}.amazonaws.com`, Bucket: bucket };
  const headers = { "x-amz-bucket-region": region };
  return new AwsError("PermanentRedirect", message, { status: 301, members, headers });
}

export function illegalLocationConstraint(constraint: string | undefined): AwsError {
  const which = constraint === undefined ? "unspecified" : constraint;
  const message = `The ${which} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  return new AwsError("IllegalLocationConstraintException", message);
}

export function accessDenied(message = "Access Denied", members: Members = {}): AwsError {
  return new AwsError("AccessDenied", message, { status: 403, members });
}

export function invalidArgument(message: string, name: string, value?: string): AwsError {
  const members = { ArgumentName: name, ...(value === undefined ? {} : { ArgumentValue: value }) };
  return new AwsError("InvalidArgument", message, { members });
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequest", message);
}

export function malformedXml(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedXML", message);
}

export function malformedAcl(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedACLError", message);
}

export function malformedPolicy(message: string): AwsError {
  return new AwsError("MalformedPolicy", message);
}

/** `The lifecycle configuration does not exist` and its kin: a bucket's missing configuration. */
export function noConfiguration(code: string, message: string, bucket?: string): AwsError {
  return new AwsError(code, message, { status: 404, members: bucket === undefined ? {} : { BucketName: bucket } });
}

export function notModified(etag: string, modified: number): AwsError {
  const headers = { ETag: `"${etag}"`, "Last-Modified": new Date(modified).toUTCString() };
  return new AwsError("NotModified", "Not Modified", { status: 304, headers });
}

export function preconditionFailed(condition: string): AwsError {
  const message = "At least one of the pre-conditions you specified did not hold";
  return new AwsError("PreconditionFailed", message, { status: 412, members: { Condition: condition } });
}

export function conditionalRequestConflict(condition: string, key: string): AwsError {
  const message = "The conditional request cannot succeed due to a conflicting operation against this resource.";
  return new AwsError("ConditionalRequestConflict", message, {
    status: 409,
    members: { Condition: condition, Key: key },
  });
}

export function notImplemented(header: string, additionalMessage?: string): AwsError {
  const members = { Header: header, ...(additionalMessage === undefined ? {} : { additionalMessage }) };
  const message = "A header you provided implies functionality that is not implemented";
  return new AwsError("NotImplemented", message, { status: 501, members });
}

export function invalidRange(requested: string, size: number): AwsError {
  const members = { RangeRequested: requested, ActualObjectSize: String(size) };
  const headers = { "Content-Range": `bytes */${size}` };
  return new AwsError("InvalidRange", "The requested range is not satisfiable", { status: 416, members, headers });
}

export function invalidPartNumber(requested: number, actual: number): AwsError {
  const members = { PartNumberRequested: String(requested), ActualPartCount: String(actual) };
  return new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", { status: 416, members });
}

export function methodNotAllowed(method: string, version?: string): AwsError {
  const message = "The specified method is not allowed against this resource.";
  const members = { Method: method, ResourceType: "DeleteMarker" };
  return withHeaders(new AwsError("MethodNotAllowed", message, { status: 405, members }), {
    Allow: "DELETE",
    ...(version === undefined ? {} : { "x-amz-delete-marker": "true", "x-amz-version-id": version }),
  });
}

export function badDigest(message: string, members: Members = {}): AwsError {
  return new AwsError("BadDigest", message, { members });
}

export function invalidDigest(value: string): AwsError {
  const members = { "Content-MD5": value };
  return new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", { members });
}

export function invalidTag(message: string, members: Members): AwsError {
  return new AwsError("InvalidTag", message, { members });
}

export function invalidObjectState(storageClass: string): AwsError {
  const message = "The operation is not valid for the object's storage class";
  return new AwsError("InvalidObjectState", message, { status: 403, members: { StorageClass: storageClass } });
}

export function notRestorable(): AwsError {
  const message = "Restore is not allowed for the object's current storage class";
  return new AwsError("InvalidObjectState", message, { status: 403 });
}

export function restoreAlreadyInProgress(): AwsError {
  return new AwsError("RestoreAlreadyInProgress", "Object restore is already in progress", { status: 409 });
}

export function keyTooLong(size: number): AwsError {
  const members = { Size: String(size), MaxSizeAllowed: "1024" };
  return new AwsError("KeyTooLongError", "Your key is too long", { members });
}

export function metadataTooLarge(size: number): AwsError {
  const message = "Your metadata headers exceed the maximum allowed metadata size";
  return new AwsError("MetadataTooLarge", message, { members: { Size: String(size), MaxSizeAllowed: "2048" } });
}

export function entityTooLarge(proposed: number, allowed: number): AwsError {
  const message = "Your proposed upload exceeds the maximum allowed size";
  return new AwsError("EntityTooLarge", message, {
    members: { ProposedSize: String(proposed), MaxSizeAllowed: String(allowed) },
  });
}

export function entityTooSmall(message: string, members: Members): AwsError {
  return new AwsError("EntityTooSmall", message, { members });
}

export function uploadError(code: "InvalidPart" | "InvalidPartOrder", members: Members): AwsError {
  const messages = {
    InvalidPart:
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    InvalidPartOrder: "The list of parts was not in ascending order. Parts must be ordered by part number.",
  };
  return new AwsError(code, messages[code], { members });
}

/** KMS's error on the way through S3, e.g. `KMS.DisabledException`. */
export function kmsError(code: string, message: string): AwsError {
  return new AwsError(`KMS.${code}`, message, { status: 400 });
}

/** Any other of S3's errors: code, message, status. */
export function s3Error(code: string, message: string, status = 400, members: Members = {}): AwsError {
  return new AwsError(code, message, { status, members });
}

/** CloudFormation's own words, not S3's: its handler looks before it creates. */
export function bucketExists(name: string): AwsError {
  return new AwsError("BucketAlreadyExists", `${name} already exists`, { status: 0 });
}

export function bucketPolicyExists(bucket: string): AwsError {
  return new AwsError("ValidationError", `The bucket policy already exists on bucket ${bucket}.`);
}

/** As Lambda has it of archives in another region. */
export function inRegion(region: string): AwsError {
  const message = `The bucket is in this region: ${region}. Please use this region to retry the request`;
  return new AwsError("PermanentRedirect", message, { status: 301 });
}
