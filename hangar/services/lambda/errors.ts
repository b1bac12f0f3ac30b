// Every error Lambda answers with, in AWS's words.

import type { Violation } from "../../cloud/service.ts";
import { AwsError } from "../../kernel/aws-error.ts";

const user = { Type: "User" };

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, { members: user });
}

/** Of limits of concurrency, whose errors do not say whose fault they are. */
export function concurrencyRefused(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, { members: { Type: undefined } });
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 404, members: user });
}

export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`);
}

export function aliasNotFound(arn: string): AwsError {
  return notFound(`Cannot find alias arn: ${arn}`);
}

export function signingConfigNotFound(arn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `The Lambda code signing configuration ${arn} can not be found.`, {
    status: 404,
    members: { Type: undefined },
  });
}

export function codeSigningNotFound(arn: string): AwsError {
  return new AwsError(
    "CodeSigningConfigNotFoundException",
    `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`,
    { status: 404, members: user },
  );
}

export function codeVerificationFailed(arn: string): AwsError {
  return new AwsError(
    "CodeVerificationFailedException",
    `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for ${arn}.`,
    { members: user },
  );
}

export function conflict(message: string): AwsError {
  return new AwsError("ResourceConflictException", message, { status: 409, members: user });
}

export function preconditionFailed(what: "GetFunction/GetAlias" | "GetPolicy" | "GetLayerPolicy"): AwsError {
  return new AwsError(
    "PreconditionFailedException",
    `The Revision Id provided does not match the latest Revision Id. Call the ${what} API to retrieve the latest Revision Id`,
    { status: 412, members: user },
  );
}

export function tooManyRequests(reason: string): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", {
    status: 429,
    members: { ...user, Reason: reason },
  });
}

/** KMS refused to decrypt a function's variables. */
export function kmsFailure(cause: AwsError): AwsError {
  const [code, why] = KMS_FAILURES[cause.code] ?? ["KMSAccessDeniedException", "KMS access was denied"];
  const detail =
    code === "KMSAccessDeniedException" ? ` KMS Exception: ${cause.code}KMS Message: ${cause.message}` : "";
  return new AwsError(
    code,
    `Lambda was unable to decrypt the environment variables because ${why}. Please check the function's KMS key settings.${detail}`,
    { status: 502, members: { Type: null } },
  );
}

const KMS_FAILURES: Readonly<Record<string, readonly [string, string]>> = {
  DisabledException: ["KMSDisabledException", "the KMS key used is disabled"],
  KMSInvalidStateException: ["KMSInvalidStateException", "the state of the KMS key used is not valid for Decrypt"],
  NotFoundException: ["KMSNotFoundException", "the KMS key was not found"],
};

export function recursiveInvocation(): AwsError {
  return new AwsError(
    "RecursiveInvocationException",
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
    { members: user },
  );
}

export function invalidRequestContent(message: string): AwsError {
  return new AwsError("InvalidRequestContentException", message, { members: user });
}

export function requestTooLarge(message: string): AwsError {
  return new AwsError("RequestTooLargeException", message, { status: 413, members: user });
}

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function provisionedNotFound(): AwsError {
  return new AwsError(
    "ProvisionedConcurrencyConfigNotFoundException",
    "No Provisioned Concurrency Config found for this function",
    { status: 404, members: user },
  );
}

export function requestEntityTooLarge(message: string): AwsError {
  return new AwsError("RequestEntityTooLargeException", message, { status: 413 });
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message, { status: 403 });
}

/** The archive is broken where it was not looked at when it came: an entry's bytes. */
export function invalidZipFile(): AwsError {
  return new AwsError("InvalidZipFileException", "Lambda could not unzip the deployment package.", {
    status: 502,
    members: user,
  });
}

/** Nothing on this machine runs the function's runtime. */
export function invalidRuntime(runtime: string, why: string): AwsError {
  return new AwsError("InvalidRuntimeException", `The runtime ${runtime} cannot run on this machine. ${why}`, {
    status: 502,
    members: user,
  });
}

export function imageInvalid(uri: string): AwsError {
  return invalidParameter(`Source image ${uri} is not valid. Provide a valid source image.`);
}

export function imageMissing(uri: string): AwsError {
  return invalidParameter(`Source image ${uri} does not exist. Provide a valid source image.`);
}

export function imageUnsupported(uri: string): AwsError {
  return invalidParameter(
    `The image manifest, config or layer media type for the source image ${uri} is not supported.`,
  );
}

export function imageForbidden(): AwsError {
  return new AwsError(
    "AccessDeniedException",
    "Lambda does not have permission to access the ECR image. Check the ECR permissions.",
    { status: 403 },
  );
}

export function noContainerEngine(reason: string): AwsError {
  const message = `Functions from container images need Docker or Podman, and none answers (${reason}). Start one, or set DOCKER_HOST.`;
  return new AwsError("NotEmulated", message, { status: 501 });
}

/** AWS's or somebody else's, which nobody has brought here. */
export function layerAway(arn: string, path: string, name: string): AwsError {
  return new AwsError(
    "NotEmulated",
    `The layer version ${arn} is of an account that is not here. Put its archive at ${path} (or ${name}.zip beside it, for all versions). With credentials for AWS, "aws lambda get-layer-version-by-arn --arn ${arn} --query Content.Location --output text" answers where to download it.`,
    { status: 501 },
  );
}

export function layerBroken(path: string, { code, message, status, members }: AwsError): AwsError {
  return new AwsError(code, `${path}: ${message}`, { status, members });
}

/** Somebody has removed it from the container engine, where ECR would have kept it. */
export function imageGone(uri: string): AwsError {
  return new AwsError(
    "InvalidRuntimeException",
    `The image ${uri} is no longer in this machine's container engine. Deploy it again.`,
    { status: 502, members: user },
  );
}

/** Lambda's own way with broken constraints: a runtime it does not know is an invalid parameter; the rest is as everywhere. */
export function constraintsBroken(violations: readonly Violation[]): AwsError {
  const [only] = violations;
  if (violations.length === 1 && only?.path === "runtime" && only.kind === "enum")
    return unknownRuntime(String(only.value));
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: `;
  return validation(count + violations.map((violation) => violation.message).join("; "));
}

/** In the order AWS lists them in its message (recorded 2025-12). */
export const RUNTIMES = [
  "nodejs20.x",
  "python3.14",
  "provided.al2023",
  "python3.12",
  "python3.13",
  "nodejs24.x",
  "nodejs22.x",
  "java25",
  "python3.10",
  "python3.11",
  "java21",
  "ruby3.3",
  "ruby3.4",
  "ruby3.2",
  "python3.8",
  "python3.9",
  "java17",
  "nodejs16.x",
  "dotnet10",
  "dotnet8",
  "java11",
  "dotnet6",
  "nodejs18.x",
  "provided.al2",
  "java8.al2",
];

export function unknownRuntime(runtime: string): AwsError {
  return invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(", ")}] or be a valid ARN`,
  );
}
