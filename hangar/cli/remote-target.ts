// A target outside this process, with the app synthesised for it: LocalStack, or an AWS account behind its guard.

import { randomUUID } from "node:crypto";
import { awsEnvironment, awsTarget, identify } from "../targets/aws.ts";
import { expectedOf, standsIn } from "../targets/aws-guard.ts";
import { localStackReady, localStackTarget } from "../targets/localstack.ts";
import { synth } from "../targets/synth.ts";
import type { Promotable } from "../targets/promotable.ts";
import type { Progress, Target } from "../targets/target.ts";
import { awsHost } from "./aws-host.ts";
import { childEnvironment, type Instance } from "./instance.ts";

export type RemoteSettings = {
  readonly target: "localstack" | "aws";
  /** Folder of cdk.json. */
  readonly project: string;
  readonly app: string | undefined;
  readonly output: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Of LocalStack, or one of one's own in place of AWS's. */
  readonly endpoint: string | undefined;
};

export type OpenedTarget = {
  readonly target: Target;
  readonly assembly: string;
  /** For programs that speak to the target. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

export type OpenedRemote = OpenedTarget & { readonly target: Promotable };

export function openRemote(settings: RemoteSettings, progress: Progress): Promise<OpenedRemote> {
  return settings.target === "aws" ? openAws(settings, progress) : openLocalStack(settings);
}

/** At its endpoint, at LOCALSTACK_ENDPOINT, or where docker-compose.yml puts it. */
async function openLocalStack({ project, app, output, ...said }: RemoteSettings): Promise<OpenedRemote> {
  const endpoint = said.endpoint ?? process.env["LOCALSTACK_ENDPOINT"] ?? "http://127.0.0.1:4566";
  const region = said.region ?? "us-east-1";
  await localStackReady(endpoint);
  const instance: Instance = {
    pid: 0,
    port: Number(new URL(endpoint).port),
    endpoint,
    region,
    account: "000000000000",
  };
  const environment = childEnvironment(instance);
  const assembly = await synth({ directory: project, app, output, account: instance.account, region, environment });
  const target = localStackTarget({ endpoint, region, project, assembly, uniqueId: randomUUID, environment });
  return { target, assembly, environment };
}

async function openAws({ project, app, output, ...said }: RemoteSettings, progress: Progress): Promise<OpenedRemote> {
  const expected = expectedOf(said);
  const access = { expected, host: awsHost(project), project };
  const { arn, credentials } = await identify(access);
  const standIn = standsIn(expected);
  if (standIn !== undefined)
    progress(`*** This is not AWS: ${standIn} stands in for it (targets.aws.endpoint, --endpoint-url) ***`);
  progress(`aws: ${arn}, ${expected.region}${expected.endpoint === undefined ? "" : `, ${expected.endpoint}`}`);
  const environment = awsEnvironment(access, credentials);
  const { account, region } = expected;
  const assembly = await synth({ directory: project, app, output, account, region, environment });
  return { target: awsTarget(access, assembly), assembly, environment };
}
