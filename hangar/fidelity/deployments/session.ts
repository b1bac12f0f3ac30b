// Deploys a template as a recorded test did, and lets what it made be described by the services' own clients.

import * as cloudformation from "@aws-sdk/client-cloudformation";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as events from "@aws-sdk/client-eventbridge";
import * as secretsmanager from "@aws-sdk/client-secrets-manager";
import * as sns from "@aws-sdk/client-sns";
import * as ssm from "@aws-sdk/client-ssm";
import { readFileSync } from "node:fs";
import { recorder } from "../recorded.ts";
import type { Answer, Session } from "../session.ts";
import { SQS } from "../sqs/session.ts";

export const recorded = recorder(import.meta.url, { service: "cloudformation", sdk: cloudformation });

const clients = {
  sqs: SQS,
  sns: { service: "sns", sdk: sns },
  dynamodb: { service: "dynamodb", sdk: dynamodb },
  logs: { service: "logs", sdk: logs },
  ssm: { service: "ssm", sdk: ssm },
  events: { service: "events", sdk: events },
  secretsmanager: { service: "secretsmanager", sdk: secretsmanager },
};

type Deployed = {
  /** By logical id. */
  readonly ids: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
};

/** Creates or updates the one stack with `templates/<name>.json`. */
export async function deploy(
  s: Session,
  name: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Deployed> {
  const TemplateBody = readFileSync(new URL(`templates/${name}.json`, import.meta.url), "utf8");
  const StackName = "recorded";
  const before = await s.ask("DescribeStacks", { StackName });
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  await s.do("Error" in before ? "CreateStack" : "UpdateStack", { StackName, TemplateBody, Parameters });
  await s.cloud.settle();
  const { Stacks } = (await s.do("DescribeStacks", { StackName })) as unknown as cloudformation.DescribeStacksOutput;
  const { StackStatus = "", Outputs = [] } = Stacks?.[0] ?? {};
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus)) throw new Error(`${name} is ${StackStatus}.`);
  const { StackResources = [] } = (await s.do("DescribeStackResources", {
    StackName,
  })) as unknown as cloudformation.DescribeStackResourcesOutput;
  return {
    ids: Object.fromEntries(StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId])),
    outputs: Object.fromEntries(Outputs.map((each) => [each.OutputKey, each.OutputValue])),
  };
}

/** Asks the service of what was deployed, and compares. */
export async function shows(
  s: Session,
  label: string,
  call: keyof typeof clients,
  ...[operation, input]: [string, object]
) {
  s.matches(label, await s.with(clients[call]).ask(operation, input));
}

export function ask(s: Session, call: keyof typeof clients, operation: string, input: object): Promise<Answer> {
  return s.with(clients[call]).do(operation, input);
}
