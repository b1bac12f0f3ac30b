// What may subscribe: the protocols and what their endpoints look like.

import { parseArn } from "../../../kernel/arn.ts";
import { invalidParameter } from "../errors.ts";
import { checkSmsEndpoint } from "./phone-number.ts";

const PROTOCOLS = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

export function checkEndpoint(protocol: string, endpoint: string | undefined, fifo: boolean): string {
  if (!PROTOCOLS.includes(protocol))
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (endpoint === undefined || endpoint === "")
    throw invalidParameter("Endpoint Reason: no value for required parameter");
  if (fifo && protocol !== "sqs") throw invalidParameter(`Invalid protocol type: ${protocol}`);
  checks[protocol]?.(endpoint);
  if (protocol === "sqs" && endpoint.endsWith(".fifo") && !fifo) {
    throw invalidParameter(
      "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
    );
  }
  return endpoint;
}

const checks: Readonly<Record<string, (endpoint: string) => void>> = {
  sqs: ofArn("sqs", "SQS endpoint ARN"),
  lambda: ofArn("lambda", "Lambda endpoint ARN"),
  firehose: ofArn("firehose", "Firehose endpoint ARN"),
  application: ofArn("sns", "Application endpoint arn invalid:"),
  sms: checkSmsEndpoint,
  http: ofUrl("http"),
  https: ofUrl("https"),
  email: ofEmail,
  "email-json": ofEmail,
};

function ofArn(service: string, name: string): (endpoint: string) => void {
  return (endpoint) => {
    if (parseArn(endpoint)?.service !== service) throw invalidParameter(name.endsWith(":") ? name + endpoint : name);
  };
}

function ofUrl(protocol: string): (endpoint: string) => void {
  return (endpoint) => {
    if (!endpoint.startsWith(`${protocol}://`) || !URL.canParse(endpoint))
      throw invalidParameter(`Endpoint must match the specified protocol`);
  };
}

function ofEmail(endpoint: string): void {
  if (!/^[^\s@]+@[^\s@]+$/.test(endpoint)) throw invalidParameter("Email address");
}
