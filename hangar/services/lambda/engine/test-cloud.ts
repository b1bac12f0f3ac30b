// What Lambda's suites share: a cloud with a role for functions, archives from text, and invocations read as JSON.

import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  type CreateFunctionCommandInput,
  type InvokeCommandInput,
  type InvokeCommandOutput,
} from "@aws-sdk/client-lambda";
import { strToU8, zipSync, type Zippable } from "fflate";
import { startCloud, type RunningCloud } from "../../../index.ts";

export type LambdaCloud = {
  readonly cloud: RunningCloud;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly role: string;
};

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

export async function startLambdaCloud(seed: string, actions: readonly string[] = ["*"]): Promise<LambdaCloud> {
  const cloud = await startCloud({ seed });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "functions", AssumeRolePolicyDocument: JSON.stringify(TRUST) }),
  );
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
  await iam.send(
    new PutRolePolicyCommand({ RoleName: "functions", PolicyName: "all", PolicyDocument: JSON.stringify(policy) }),
  );
  return { cloud, iam, lambda: new LambdaClient({ ...cloud.clientConfig(), maxAttempts: 1 }), role: Role?.Arn ?? "" };
}

/** File name -> contents; a name that ends in `*` is executable. */
export function archive(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, contents] of Object.entries(files)) {
    const executable = name.endsWith("*");
    entries[name.replace(/\*$/, "")] = [
      typeof contents === "string" ? strToU8(contents) : contents,
      { os: 3, attrs: ((executable ? 0o100755 : 0o100644) << 16) >>> 0, mtime: new Date("2024-01-01T00:00:00Z") },
    ];
  }
  return zipSync(entries);
}

export async function makeFunction(
  at: LambdaCloud,
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  await at.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: at.role,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code: { ZipFile: archive(files) },
      ...more,
    }),
  );
}

export async function run(
  at: LambdaCloud,
  name: string,
  event: unknown = {},
  more: Partial<InvokeCommandInput> = {},
): Promise<InvokeCommandOutput & { readonly json: unknown }> {
  const answer = await at.lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)), ...more }),
  );
  // The SDK has null for an empty payload, whatever its types say.
  const text = Buffer.from((answer.Payload as Uint8Array | null | undefined) ?? []).toString("utf8");
  return { ...answer, json: text === "" ? undefined : (JSON.parse(text) as unknown) };
}

/** Messages of a function's log, oldest first. */
export async function logOf(at: LambdaCloud, name: string): Promise<string[]> {
  const logs = new CloudWatchLogsClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  try {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }));
    return events.map((event) => event.message ?? "");
  } catch (error) {
    // A function that has not run has no log group yet.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}
