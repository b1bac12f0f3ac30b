// Why an export or import failed, in DynamoDB's words for what S3 and KMS said.

import { AwsError } from "../../../kernel/aws-error.ts";
import type { DynamoContext, JobFailure } from "../store.ts";

const REQUEST_CHARS = 16;
const EXTENDED_CHARS = 56;
/** DynamoDB's own refusals, which a job that has begun can only tell of. */
const OWN: Readonly<Record<string, string>> = {
  TableNotFoundException: "TableNotFound",
  TableAlreadyExistsException: "TableAlreadyExists",
};

export function jobFailure(context: DynamoContext, error: unknown): JobFailure {
  if (!(error instanceof AwsError)) return { code: "UNKNOWN", message: "An internal error occurred." };
  const { code, message, status } = error;
  const own = OWN[code];
  if (own !== undefined) return { code: own, message };
  const facts = [
    "Service: Amazon S3",
    `Status Code: ${status}`,
    `Error Code: ${code}`,
    `Request ID: ${context.ids.upper(REQUEST_CHARS)}`,
    `S3 Extended Request ID: ${context.ids.alphanumeric(EXTENDED_CHARS)}`,
    "Proxy: null",
  ];
  return { code: failureCode(code), message: `${message} (${facts.join("; ")})` };
}

function failureCode(code: string): string {
  return code.startsWith("KMS.") ? `Kms${code.slice("KMS.".length)}` : `S3${code}`;
}
