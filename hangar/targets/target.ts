// Where a stack can be deployed: the embedded cloud, LocalStack or AWS, behind one interface.

import type { StackArtifact } from "./assembly.ts";

export type DeployedStack = {
  readonly stackName: string;
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly changed: boolean;
};

/** Tells how a deployment goes on; a line each. */
export type Progress = (line: string) => void;

export type Target = {
  readonly name: "embedded" | "localstack" | "aws";
  /** e.g. `http://127.0.0.1:4566`; undefined for AWS. */
  readonly endpoint: string | undefined;
  readonly account: string;
  readonly region: string;
  /** Throws an Error with CloudFormation's reasons when the stack does not come up. */
  deploy(stack: StackArtifact, progress: Progress): Promise<DeployedStack>;
  destroy(stackName: string, progress: Progress): Promise<void>;
  outputs(stackName: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** Resolves when nothing is under way any more, as far as the target can tell. */
  settle(): Promise<void>;
};
