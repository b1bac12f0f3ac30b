// Where a stack can be deployed: the embedded cloud, LocalStack or AWS, behind one interface.

import type { CallLogger } from "../comparison/recorded-clients.ts";
import type { StackArtifact } from "./assembly.ts";

export type TargetName = "embedded" | "localstack" | "aws";

export type DeployedStack = {
  readonly stackName: string;
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly changed: boolean;
};

/** What a deployment would change. */
export type StackDiff = {
  readonly stackName: string;
  readonly changed: boolean;
  /** For people. */
  readonly lines: readonly string[];
};

/** Tells how a deployment goes on; a line each. */
export type Progress = (line: string) => void;

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** What any AWS SDK v3 client takes to reach the target: `new SQSClient(cloud.clientConfig())`. */
export type ClientSettings = {
  readonly region: string;
  /** Absent on AWS: the SDK knows its own. */
  readonly endpoint?: string;
  /** Absent on AWS: the SDK finds its own. */
  readonly credentials?: Credentials;
  readonly forcePathStyle?: true;
  /** No resolver knows `000000000000.127.0.0.1`. */
  readonly disableHostPrefix?: true;
  /** Nor does every one know the host in LocalStack's queue URLs. */
  readonly useQueueUrlAsEndpoint?: false;
  /** While the suite is recorded: notes the calls. */
  readonly logger?: CallLogger;
};

/** Where work may still wait on a target that does not say when it is done. */
export type Watched = {
  /** URLs of the deployed queues that a function consumes. */
  readonly queues: readonly string[];
  /** Of the deployed functions. */
  readonly logGroups: readonly string[];
};

/** A target with the app deployed, as a run tells its tests, and `hangar test` its run. */
export type DeployedTarget = {
  readonly name: TargetName;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly clients: ClientSettings;
  /** Stack name -> its outputs. */
  readonly stacks: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly watched: Watched;
  /** The folder where each test's calls are recorded; nothing is when absent. */
  readonly record?: string | undefined;
};

export type SettleOptions<T = unknown> = {
  /** Of the host's time, e.g. "30 seconds". */
  readonly within?: string | number | undefined;
  /** An assertion or a question: asked once all is done or, where the target cannot know, until it no longer throws. */
  readonly until?: (() => T | Promise<T>) | undefined;
};

export type Target = {
  readonly name: TargetName;
  /** e.g. `http://127.0.0.1:4566`; undefined for AWS. */
  readonly endpoint: string | undefined;
  readonly account: string;
  readonly region: string;
  readonly clients: ClientSettings;
  /** Throws an Error with CloudFormation's reasons when the stack does not come up. */
  deploy(stack: StackArtifact, progress: Progress): Promise<DeployedStack>;
  diff(stack: StackArtifact): Promise<StackDiff>;
  destroy(stackName: string, progress: Progress): Promise<void>;
  /** Undefined when there is no such stack. */
  outputs(stackName: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** What tests on it must look at to know that work is done; nothing where the target itself knows. */
  watched(stackNames: readonly string[]): Promise<Watched>;
  /** Resolves when no work of these stacks is under way any more, as far as the target can tell. */
  settle(stackNames: readonly string[]): Promise<void>;
};
