// What is said of a call whose operation its service does not have.

import { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import { s3Address } from "../protocols/s3-address.ts";
import type { Incoming } from "./exchange.ts";

export function unknownOperation(model: ServiceModel, incoming: Incoming, form: URLSearchParams | undefined): AwsError {
  const target = incoming.headers["x-amz-target"];
  if (target !== undefined) return new AwsError("UnknownOperationException", "");
  if (model.protocols[0] === "awsQuery" || model.protocols[0] === "ec2Query")
    return new AwsError(
      "InvalidAction",
      `Could not find operation ${form?.get("Action") ?? ""} for version ${form?.get("Version") ?? model.apiVersion}`,
    );
  if (model.service === "s3") {
    const { bucket, path } = s3Address(incoming.host, incoming.path);
    if (incoming.method === "POST" && bucket !== undefined && path.length <= 1) return notForm();
    const ResourceType = bucket === undefined ? "SERVICE" : path.length > 1 ? "OBJECT" : "BUCKET";
    const members = { Method: incoming.method, ResourceType };
    const message = "The specified method is not allowed against this resource.";
    return new AwsError("MethodNotAllowed", message, { status: 405, members });
  }
  return new AwsError(
    "UnknownOperationException",
    `No operation of ${model.service} is ${incoming.method} ${incoming.path}.`,
    { status: 404 },
  );
}

/** Of a bucket there is nothing to POST but forms. */
function notForm(): AwsError {
  const members = { Condition: "Bucket POST must be of the enclosure-type multipart/form-data" };
  const message = "At least one of the pre-conditions you specified did not hold";
  return new AwsError("PreconditionFailed", message, { status: 412, members });
}
