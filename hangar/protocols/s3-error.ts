// Error documents of S3, which has no wrapper, and of S3 Control: the members of the error beside its code and message; and the headers of every answer.
import { hash } from "node:crypto";
import type { AwsError } from "../kernel/aws-error.ts";
import type { ResponseFacts } from "./protocol.ts";
import { formatText } from "./text-values.ts";
import { escapeXml, xmlDeclaration } from "./xml-write.ts";

/** S3's extra members (`BucketName`, `ArgumentValue`, …) are not in its model: written as they are named. */
const element = (name: string, value: unknown): string => {
  if (value == null) return "";
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join("");
  const isBag = typeof value === "object" && !(value instanceof Date) && !(value instanceof Uint8Array);
  const content = isBag ? elements(value as Record<string, unknown>) : escapeXml(formatText(value, {}, "date-time"));
  return `<${name}>${content}</${name}>`;
};

const elements = (members: Readonly<Record<string, unknown>>): string =>
  Object.entries(members)
    .map(([name, value]) => element(name, value))
    .join("");

/** AWS's x-amz-id-2, which says nothing to anybody but AWS. */
const extendedIdOf = (requestId: string): string => hash("sha384", requestId, "base64");

/** What every answer of S3 says of itself. */
export const s3Headers = (
  requestId: string,
  extendedRequestId = extendedIdOf(requestId),
): { readonly server: string; readonly "x-amz-request-id": string; readonly "x-amz-id-2": string } => ({
  server: "AmazonS3",
  "x-amz-request-id": requestId,
  "x-amz-id-2": extendedRequestId,
});

export const s3Error = (error: AwsError, facts: ResponseFacts): string => {
  const content = elements({
    Code: error.code,
    Message: error.message,
    ...error.members,
    RequestId: facts.requestId,
    HostId: facts.extendedRequestId,
  });
  return `${xmlDeclaration}<Error>${content}</Error>`;
};

export const s3ControlError = (error: AwsError, facts: ResponseFacts): string => {
  const inner = elements({ Code: error.code, Message: error.message, ...error.members });
  const ids = elements({ RequestId: facts.requestId, HostId: facts.extendedRequestId });
  return `${xmlDeclaration}<ErrorResponse><Error>${inner}</Error>${ids}</ErrorResponse>`;
};
