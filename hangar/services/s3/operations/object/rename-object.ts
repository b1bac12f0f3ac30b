// Refuses to rename: only directory buckets do.

import type { RenameObjectInput, RenameObjectOutput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { s3Error } from "../../errors.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html */
export const renameObject = operation<RenameObjectInput, RenameObjectOutput>((input) => {
  if (input.Bucket.endsWith("--x-s3")) throw notEmulated("directory buckets");
  const message = "A query parameter you provided implies functionality that is not implemented";
  throw s3Error("NotImplemented", message, 501, { QueryParameter: "renameObject" });
});
