// What the suites of triggers share: functions that tell what they were told.

import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import type { RunningCloud } from "../../../index.ts";

type Told = {
  readonly version: string;
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: Record<string, unknown>;
};

export type Functions = {
  /** Does what `body` says with `event`; Cognito may call it unless told otherwise. Answers its ARN. */
  make(name: string, body: string, allowed?: boolean): Promise<string>;
  /** All events that it got. */
  told(name: string): Promise<Told[]>;
  /** What it wrote last after `word`. */
  said<Words>(name: string, word: string): Promise<Words>;
};

const document = (Statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement });

export async function functionsOf(cloud: RunningCloud): Promise<Functions> {
  const lambda = new LambdaClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const iam = new IAMClient(cloud.clientConfig());
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const made = new CreateRoleCommand({ RoleName: "functions", AssumeRolePolicyDocument: document(trust) });
  const role = (await iam.send(made)).Role?.Arn ?? "";
  const PolicyDocument = document({ Effect: "Allow", Action: ["logs:*", "cognito-idp:Admin*"], Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "functions", PolicyName: "logs", PolicyDocument }));
  return {
    async make(FunctionName, body, allowed = true) {
      const code = `exports.handler = async (event) => { console.log("told " + JSON.stringify(event)); ${body}; return event; };`;
      const { FunctionArn = "" } = await lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Role: role,
          Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
        }),
      );
      const permission = {
        Action: "lambda:InvokeFunction",
        Principal: "cognito-idp.amazonaws.com",
        StatementId: "pool",
      };
      if (allowed) await lambda.send(new AddPermissionCommand({ FunctionName, ...permission }));
      return FunctionArn;
    },
    told: (name) => lines<Told>(name, "told "),
    said: async <Words>(name: string, word: string) => (await lines<Words>(name, word)).at(-1) as Words,
  };

  async function lines<Words>(name: string, word: string): Promise<Words[]> {
    await cloud.settle();
    const logs = new CloudWatchLogsClient(cloud.clientConfig());
    const command = new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern: word.trim() });
    const { events = [] } = await logs.send(command);
    return events.map(({ message = "" }) => JSON.parse(message.slice(message.indexOf(word) + word.length)) as Words);
  }
}
