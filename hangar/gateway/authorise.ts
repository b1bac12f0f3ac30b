// Asks the service what a call needs and IAM whether the caller may; a denial says which statement is missing.

import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import { signatureDialect } from "../protocols/sigv4-errors.ts";
import type { Call } from "../cloud/call.ts";
import type { CallContext } from "../cloud/context.ts";
import type { ServiceDefinition } from "../cloud/service.ts";
import { countsAsTls } from "../cloud/transport.ts";

export function authorise(definition: ServiceDefinition, call: Call, context: CallContext): void {
  const rule = definition.access[call.operation];
  if (rule === undefined) throw new Error(`${definition.name} has no access rule for ${call.operation}.`);
  const needs = rule(call.input, context as never);
  if (needs.length === 0) return;
  // The account's root user is stopped only by a resource's own policy.
  if (
    call.caller.kind === "root" &&
    needs.every((need) => need.policy === undefined && (need.owner === undefined || need.owner === call.caller.account))
  )
    return;
  if (call.caller.kind === "anonymous" && !OPEN_TO_ALL.has(definition.name)) throw missingToken(definition);
  const decision = context.ports.access.decide(call.caller, needs, () => globalConditions(call, context));
  if (decision.allowed) return;
  context.span.attributes["denied"] = decision.explanation;
  throw deniedBy(definition, decision.message);
}

/** Services whose resource policies may let in callers that sign nothing. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set(["s3", "sqs", "sns"]);

function missingToken(definition: ServiceDefinition): AwsError {
  const dialect = signatureDialect(loadModel(definition.name));
  return dialect === "query"
    ? new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", { status: 403 })
    : new AwsError("MissingAuthenticationTokenException", "Request is missing Authentication Token", {
        status: dialect === "json" ? 400 : 403,
      });
}

function deniedBy(definition: ServiceDefinition, message: string): AwsError {
  if (definition.accessDenied !== undefined) return definition.accessDenied(message);
  const protocol = loadModel(definition.name).protocols[0] ?? "";
  if (protocol.startsWith("awsJson") || protocol === "rpcv2Cbor")
    return new AwsError("AccessDeniedException", message, { status: 400 });
  if (protocol === "restJson1") return new AwsError("AccessDeniedException", message, { status: 403 });
  return new AwsError("AccessDenied", message, { status: 403 });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function globalConditions(call: Call, context: CallContext): Record<string, string | readonly string[]> {
  const { caller, request } = call;
  const now = context.clock.now();
  const conditions: Record<string, string | readonly string[]> = {
    "aws:CurrentTime": new Date(now).toISOString(),
    "aws:EpochTime": String(Math.floor(now / 1000)),
    "aws:SecureTransport": String(countsAsTls(request, caller)),
    "aws:UserAgent": request.userAgent,
    "aws:RequestedRegion": call.region,
    "aws:PrincipalAccount": caller.account,
    "aws:PrincipalArn": caller.roleArn ?? caller.arn,
    "aws:PrincipalType":
      caller.kind === "role"
        ? "AssumedRole"
        : caller.kind === "root"
          ? "Account"
          : caller.kind === "user"
            ? "User"
            : caller.kind,
    "aws:userid": caller.userId,
    "aws:PrincipalIsAWSService": String(caller.kind === "service"),
    "aws:ViaAWSService": String(caller.via !== undefined),
  };
  if (caller.kind !== "service") conditions["aws:SourceIp"] = request.sourceIp;
  if (caller.kind === "service") conditions["aws:PrincipalServiceName"] = caller.arn;
  if (caller.userName !== undefined) conditions["aws:username"] = caller.userName;
  if (caller.sourceArn !== undefined) conditions["aws:SourceArn"] = caller.sourceArn;
  if (caller.sourceAccount !== undefined) conditions["aws:SourceAccount"] = caller.sourceAccount;
  if (caller.via !== undefined) conditions["aws:CalledVia"] = [caller.via];
  for (const [key, value] of Object.entries(caller.sessionTags ?? {})) conditions[`aws:PrincipalTag/${key}`] = value;
  return conditions;
}
