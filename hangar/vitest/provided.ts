// What the set-up of a run and its tests tell each other, through vitest's provide and inject.

import "vitest";
import type { DynamodbSettings } from "../cloud/dynamodb-settings.ts";
import type { DeployedTarget, TargetName } from "../targets/target.ts";

/** `test.provide.hangar` of vitest's configuration; all of it may be left out. */
export type HarnessSettings = {
  /** Folder of cdk.json; vitest's root when absent. */
  readonly directory?: string | undefined;
  /** The app's command, or a folder that is synthesised already; hangar.config.ts's `app` or cdk.json's when absent. */
  readonly app?: string | undefined;
  /** Names of the stacks to deploy; all when absent. */
  readonly stacks?: readonly string[] | undefined;
  /** Where the app is deployed when `hangar test` has not done that already; "embedded" when absent. */
  readonly target?: TargetName | undefined;
  /** Required by the target "aws", as are the account and region in it: nothing is written anywhere else. */
  readonly aws?:
    | {
        readonly account: string;
        readonly region: string;
        /** Of one's own, such as a VPC endpoint; AWS's when absent. */
        readonly endpoint?: string | undefined;
      }
    | undefined;
  /** Of the embedded cloud, or of LocalStack; hangar.config.ts's when absent. */
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  /** Where each run writes the outputs' names as types; `.hangar/stack-outputs.d.ts` when absent. */
  readonly outputTypes?: string | undefined;
  /** Whether an app that has not changed since its last deployment is brought back from `.hangar/worlds` instead; it is, when absent. */
  readonly warmStart?: boolean | undefined;
  /** Refuse keys that nobody issued. */
  readonly strict?: boolean | undefined;
  /** What handlers take for the time: the host's when absent, or the world's. */
  readonly lambdaClock?: "host" | "world" | undefined;
  /** "fresh": every fork has execution environments of its own. */
  readonly isolation?: "shared" | "fresh" | undefined;
  /** Throttling, tables that take their time and indexes that lag in DynamoDB; none when absent. */
  readonly dynamodb?: DynamodbSettings | undefined;
};

/** What is deployed, which every test forks and no test writes to; on a target without forks all tests share it. */
export type DeployedWorld = DeployedTarget & {
  /** Where the AWS SDK's packages are looked for. */
  readonly root: string;
};

declare module "vitest" {
  interface ProvidedContext {
    hangar: HarnessSettings;
    hangarWorld: DeployedWorld;
  }
}
