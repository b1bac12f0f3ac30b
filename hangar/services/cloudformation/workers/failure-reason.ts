// The sentence that a failed resource's event carries.

import { HANDLER_FAILURE } from "../../../cloud/resource.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { AwsError } from "../../../kernel/aws-error.ts";

const SERVICES: Readonly<Record<string, string>> = {
  DynamoDB: "DynamoDb",
  EC2: "Ec2",
  ECR: "Ecr",
  Events: "EventBridge",
  IAM: "Iam",
  KMS: "Kms",
  Logs: "CloudWatchLogs",
  SNS: "Sns",
  SQS: "Sqs",
  SSM: "Ssm",
  StepFunctions: "Sfn",
};

/** AWS's form for errors of a resource handler; refusals of CloudFormation's own stand as they are. */
export function failureReason(error: unknown, type: string, ids: Ids): string {
  if (error instanceof ResourceFailure) return error.message;
  if (!(error instanceof AwsError))
    return `Hangar failed in ${type}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  if (error.code === "NotEmulated" || error.code === "ValidationError") return error.message;
  if (error.code.endsWith(HANDLER_FAILURE))
    return `Resource handler returned message: "${error.message}" (RequestToken: ${ids.uuid()}, HandlerErrorCode: ${error.code.slice(0, -HANDLER_FAILURE.length)})`;
  const name = type.split("::")[1] ?? type;
  // What a handler knows without an answer has a status of nothing and no request.
  const request = error.status === 0 ? "null" : ids.uuid();
  return `Resource handler returned message: "${error.message} (Service: ${SERVICES[name] ?? name}, Status Code: ${error.status}, Request ID: ${request})" (RequestToken: ${ids.uuid()}, HandlerErrorCode: ${handlerCode(error)})`;
}

function handlerCode(error: AwsError): string {
  if (
    /exist(s|ed)|AlreadyOwned|Conflict|InUse|Duplicate/i.test(error.code) &&
    !/DoesNotExist|NoSuch|NotExist/i.test(error.code)
  )
    return "AlreadyExists";
  if (/NotFound|NoSuch|NonExistent|DoesNotExist/i.test(error.code)) return "NotFound";
  if (/AccessDenied|Unauthorized|NotAuthorized/i.test(error.code)) return "AccessDenied";
  if (/Throttl|TooManyRequests/i.test(error.code)) return "Throttling";
  if (/Limit|Quota/i.test(error.code)) return "ServiceLimitExceeded";
  return error.status >= 500 ? "GeneralServiceException" : "InvalidRequest";
}

/** A failure in words of CloudFormation's own. */
export function resourceFailure(message: string): ResourceFailure {
  return new ResourceFailure(message);
}

/** Ends a resource, never a request: it has no code. */
class ResourceFailure extends Error {}
