// Custom resources: a request to the function or topic behind ServiceToken, and its answer at ResponseURL.

import { textOf } from "../rules/text.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { invalid } from "../errors.ts";
import { isObject, type PlainObject } from "../rules/template.ts";
import { resourceFailure } from "../workers/failure-reason.ts";
import { FailedWithId, type Job, type Outcome, type Runner, type Verb } from "./runner.ts";
import type { ResourceState } from "../../../cloud/resource.ts";
import type { Wait } from "../store.ts";

const HOUR = 3600;
export const RESPONSE_PATH = "/_hangar/cloudformation-response/";

/** Where answers are PUT: a host name that the Lambda runtime maps to us even where a handler drops the port, and a path that says whose answer it is. */
export function responseUrl(
  origin: string,
  place: { readonly account: string; readonly region: string },
  token: string,
): string {
  const { protocol, port } = new URL(origin);
  return `${protocol}//cloudformation-custom-resource-response-${place.region}.s3.localhost${port === "" ? "" : `:${port}`}${RESPONSE_PATH}${place.account}/${place.region}/${token}`;
}

/** AWS hands every value over as text. */
export function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asTexts(item)]));
  return value === undefined || value === null ? value : textOf(value);
}

export const custom: Runner = {
  create: (job) => request(job, "Create"),
  update: (job) => request(job, "Update"),
  delete: async (job) => {
    // Never answered: there is nothing to take back.
    if (job.state === undefined) return { state: { id: "", attributes: {} } };
    return request(job, "Delete");
  },
  poll: (job, wait, verb) => answerOf(job, wait, verb),
};

async function request(job: Job, type: "Create" | "Update" | "Delete"): Promise<Outcome> {
  const { context, properties } = job;
  const serviceToken = properties["ServiceToken"];
  if (typeof serviceToken !== "string") throw invalid("ServiceToken is required for custom resources.");
  const token = context.ids.uuid();
  const requestId = context.ids.uuid();
  const seconds = Number(properties["ServiceTimeout"] ?? HOUR);
  const physicalId = job.state?.id ?? job.handlerContext.physicalName(255);
  context.store.answers.put(token, { deploymentId: job.deployment.id, received: [] });
  const message = JSON.stringify({
    RequestType: type,
    ServiceToken: serviceToken,
    ResponseURL: responseUrl(job.deployment.origin, context, token),
    StackId: job.stack.id,
    RequestId: requestId,
    LogicalResourceId: job.resource.logicalId,
    ...(type === "Create" ? {} : { PhysicalResourceId: physicalId }),
    ResourceType: job.resource.type,
    ResourceProperties: asTexts(properties),
    ...(type === "Update" ? { OldResourceProperties: asTexts(job.previous ?? {}) } : {}),
  });
  const wait: Wait = { token, until: context.clock.now() + seconds * 1000, physicalId };
  const failed = await send(job, serviceToken, message);
  const state = answerOf(job, wait, type.toLowerCase() as Verb);
  if (state !== undefined) return { state };
  if (failed !== undefined)
    throw new FailedWithId(
      `CloudFormation did not receive a response from your Custom Resource: the function failed. Please check your logs for requestId [${requestId}]. ${failed}`,
      physicalId,
    );
  return { wait };
}

/** Answers what the function failed with, when it failed instead of answering: AWS would wait until the timeout for the same end. */
async function send(job: Job, serviceToken: string, message: string): Promise<string | undefined> {
  const arn = parseArn(serviceToken);
  if (arn?.service === "sns") {
    await job.handlerContext.call(
      "sns",
      "Publish",
      { TopicArn: serviceToken, Message: message, Subject: "AWS CloudFormation custom resource request" },
      { region: arn.region },
    );
    return undefined;
  }
  if (arn?.service !== "lambda") throw invalid("Invalid service token.");
  const answer = await job.handlerContext.call(
    "lambda",
    "Invoke",
    { FunctionName: serviceToken, InvocationType: "RequestResponse", Payload: new TextEncoder().encode(message) },
    { region: arn.region },
  );
  if (answer["FunctionError"] === undefined) return undefined;
  const payload = answer["Payload"];
  return payload instanceof Uint8Array ? new TextDecoder().decode(payload) : textOf(answer["FunctionError"]);
}

function answerOf(job: Job, wait: Wait, verb: Verb): ResourceState | undefined {
  const { context } = job;
  const answer = context.store.answers.get(wait.token)?.received[0];
  if (answer === undefined) {
    if (context.clock.now() < wait.until) return undefined;
    throw new FailedWithId(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${wait.token}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
      wait.physicalId ?? "",
    );
  }
  context.store.answers.delete(wait.token);
  const named = answer["PhysicalResourceId"];
  const id = typeof named === "string" && named !== "" ? named : (wait.physicalId ?? "");
  if (answer["Status"] !== "SUCCESS")
    throw new FailedWithId(
      `Received response status [FAILED] from custom resource. Message returned: ${textOf(answer["Reason"])} (RequestId: ${textOf(answer["RequestId"])})`,
      id,
    );
  if (verb !== "delete" && typeof named !== "string")
    throw resourceFailure("Vendor response doesn't contain PhysicalResourceId attribute");
  const data = answer["Data"];
  return { id, attributes: isObject(data) ? (data as PlainObject) : {} };
}
