// A target to which a promotion goes: its deployment in two steps, so that what was shown is what is run.

import type { StackArtifact } from "./assembly.ts";
import type { CdkRun } from "./cdk-cli.ts";
import type { ApiCall } from "./sdk-call.ts";
import type { DeployedStack, Progress, Target } from "./target.ts";

/** Calls and the CDK CLI, with the same credentials. */
export type Session = { readonly call: ApiCall; readonly run: CdkRun };

export type Promotable = Target & {
  /** After all that guards the target: asked for anew before every step that writes. */
  session(): Promise<Session>;
  /** When CloudFormation is done: what else the target needs, and how the stack turned out. */
  finish(stack: StackArtifact, session: Session, progress: Progress): Promise<Omit<DeployedStack, "changed">>;
};
