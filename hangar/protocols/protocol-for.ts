// Which protocol a caller speaks: its request decides, among those the service answers.
import type { ProtocolName, ServiceModel } from "../models/model.ts";
import { awsCbor1_1 } from "./aws-cbor.ts";
import { rpcv2Cbor } from "./cbor.ts";
import { awsJson1_0, awsJson1_1 } from "./json.ts";
import type { Protocol, WireRequest } from "./protocol.ts";
import { awsQuery, ec2Query } from "./query.ts";
import { restJson1 } from "./rest-json.ts";
import { restXml } from "./rest-xml.ts";

const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  awsJson1_0,
  awsJson1_1,
  awsCbor1_1,
  awsQuery,
  ec2Query,
  restJson1,
  restXml,
  rpcv2Cbor,
};

/** What the service's SDK speaks: for errors of requests that say nothing about themselves. */
const firstProtocol = (model: ServiceModel): Protocol => protocols[model.protocols[0] ?? "restJson1"];

const isRest = (model: ServiceModel): boolean => model.protocols[0] === "restJson1" || model.protocols[0] === "restXml";

const queryFor = (model: ServiceModel): Protocol => (model.protocols.includes("ec2Query") ? ec2Query : awsQuery);

export const protocolFor = (model: ServiceModel, request: Pick<WireRequest, "headers" | "query">): Protocol => {
  if (isRest(model)) return firstProtocol(model);
  const contentType = request.headers["content-type"] ?? "";
  if (request.headers["x-amz-target"] !== undefined) {
    if (contentType.startsWith("application/x-amz-cbor")) return awsCbor1_1;
    return contentType.includes("json-1.0") ? awsJson1_0 : awsJson1_1;
  }
  if (request.headers["smithy-protocol"] === "rpc-v2-cbor" || contentType.startsWith("application/cbor"))
    return rpcv2Cbor;
  const speaksQuery = model.protocols.some((name) => name === "awsQuery" || name === "ec2Query");
  if (speaksQuery || contentType.includes("form-urlencoded") || /(?:^|&)Action=/.test(request.query))
    return queryFor(model);
  return firstProtocol(model);
};
