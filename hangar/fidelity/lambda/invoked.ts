// Functions that run as recorded tests had them run: what they print, what queues and logs have in the end.

import * as iam from "@aws-sdk/client-iam";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as sqs from "@aws-sdk/client-sqs";
import { strToU8, zipSync } from "fflate";
import type { Answer, Input, Session } from "../session.ts";
import { FunctionName, usual } from "./session.ts";

const ACCOUNT = "000000000000";
export const SQS = { service: "sqs", sdk: sqs };

/** The function's role may do what tests have it do. */
export async function allow(s: Session): Promise<void> {
  const Action = ["dynamodb:*", "kinesis:*", "sqs:*", "sns:*", "s3:*", "events:*", "lambda:*"];
  const Statement = [{ Effect: "Allow", Action, Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const policy = { RoleName: "functions", PolicyName: "all", PolicyDocument };
  await s.with({ service: "iam", sdk: iam }).do("PutRolePolicy", policy);
}

const NODE = { Runtime: "nodejs22.x", Handler: "index.handler" };

/** Of an expression of `event` and `context`. */
export const node = (expression: string): Input => ({
  ...NODE,
  Code: {
    ZipFile: zipSync({ "index.mjs": strToU8(`export const handler = async (event, context) => ${expression};`) }),
  },
});

export const python = (lines: readonly string[], name = "handler.py"): Input => ({
  Handler: `${name.split(".")[0]}.handler`,
  Code: { ZipFile: zipSync({ [name]: strToU8(lines.join("\n")) }) },
});

export function makeRunning(s: Session, code: Input, more: Input = {}): Promise<Answer> {
  return s.do("CreateFunction", { ...usual, ...code, ...more });
}

export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

export async function makeQueue(s: Session, QueueName: string, Attributes: Input = {}): Promise<string> {
  const { QueueUrl } = await s.with(SQS).do("CreateQueue", { QueueName, Attributes });
  return String(QueueUrl);
}

export async function received(s: Session, QueueUrl: string, more: Input = {}): Promise<Answer> {
  const answer = await s.with(SQS).do("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 0, ...more });
  return answer;
}

/** What a function's log has, oldest first. */
export async function logged(s: Session, name = FunctionName): Promise<string[]> {
  const caller = s.with({ service: "logs", sdk: logs });
  const { events = [] } = await caller.ask("FilterLogEvents", { logGroupName: `/aws/lambda/${name}` });
  return (events as readonly { readonly message: string }[]).map(({ message }) => message);
}

/** Values that were not recorded have names for themselves. */
function named(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("SentTimestamp" in value)) return value;
  return { ...value, SentTimestamp: "sent-timestamp", SenderId: "sender-id" };
}

/** What it printed as JSON. */
export async function printed(s: Session, name = FunctionName): Promise<unknown[]> {
  const lines = (await logged(s, name)).map((line) => line.split("\t").at(-1)?.trim() ?? "");
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line, named) as unknown);
}

/** An answer whose code has no name of its own. */
export function nameless(answer: Answer): Answer {
  return JSON.parse(
    JSON.stringify(answer, (name, value: unknown) => (name === "CodeSha256" ? "code-sha256" : value)),
  ) as Answer;
}
