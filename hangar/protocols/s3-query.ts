// Query parameters that S3 refuses where they stand, before it reads anything else.
import { AwsError } from "../kernel/aws-error.ts";
import { parsePairs } from "./form.ts";

const OF_BUCKETS: Readonly<Record<string, string>> = {
  uploads: "Key is not expected for the GET method ?uploads subresource",
  versions: "There is no such thing as the ?versions sub-resource for a key",
};
const WRITES: ReadonlySet<string> = new Set(["PutObject", "CopyObject", "UploadPart", "UploadPartCopy"]);

/** What a read or a write of an object may not ask: a bucket's lists, a version to write, half of what names a part. */
export const checkS3Query = (operation: string, query: string): void => {
  if (query.startsWith("x-id=") && !query.includes("&")) return;
  if (operation === "GetObject") checkRead(query);
  else if (WRITES.has(operation)) checkWrite(operation, query);
};

const checkRead = (query: string): void => {
  for (const [name] of parsePairs(query)) {
    const message = Object.hasOwn(OF_BUCKETS, name) ? OF_BUCKETS[name] : undefined;
    if (message !== undefined) throw new AwsError("InvalidRequest", message);
  }
};

const checkWrite = (operation: string, query: string): void => {
  const given = new Map(parsePairs(query));
  const version = given.get("versionId");
  if (version !== undefined) throw notTaken("This operation does not accept a version-id.", "versionId", version);
  if (operation.startsWith("UploadPart")) return;
  const part = given.get("partNumber");
  if (part !== undefined)
    throw notTaken("This operation does not accept partNumber without uploadId", "partNumber", part);
  if (!given.has("uploadId")) return;
  const members = { Method: "PUT", ResourceType: "OBJECT" };
  const message = "The specified method is not allowed against this resource.";
  throw new AwsError("MethodNotAllowed", message, { status: 405, members });
};

const notTaken = (message: string, name: string, value: string): AwsError =>
  new AwsError("InvalidArgument", message, { members: { ArgumentName: name, ArgumentValue: value } });
