// Whether an assembly is ready for AWS: what of it is emulated here and how well, and what its rules found.

import { readAssembly } from "../targets/assembly.ts";
import type { HangarConfig } from "../targets/config.ts";
import type { Finding, ReportedFinding } from "./finding.ts";
import { readStacks, type ReadStack } from "./read-stack.ts";
import type { Rule, Situation } from "./rule.ts";
import { rules } from "./rules.ts";

/** Verified: compared with recordings from AWS. Inert: stored, has no effect here. Missing: a deployment here refuses it. */
export type State = "verified" | "emulated" | "inert" | "missing";

export type TypeState = { readonly type: string; readonly count: number; readonly state: State };
export type PropertyState = TypeState & {
  readonly property: string;
  /** Of what is inert: what has no effect. */
  readonly why?: string;
};
export type OperationState = {
  /** `s3:PutObject`, by the model's name of the service. */
  readonly operation: string;
  readonly calls: number;
  readonly state: State;
};

export type ReadinessReport = {
  readonly stacks: readonly string[];
  readonly resources: readonly TypeState[];
  readonly properties: readonly PropertyState[];
  /** That the last suite called; undefined where no suite has run. */
  readonly operations?: readonly OperationState[];
  readonly findings: readonly ReportedFinding[];
};

export type ReadinessOptions = {
  readonly config?: HangarConfig;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** For stacks that are for no account or region in particular. */
  readonly account?: string;
  readonly region?: string;
};

/** Reads an assembly's folder. Throws an Error where it is none. */
export async function readiness(assembly: string, options: ReadinessOptions): Promise<ReadinessReport> {
  const { account = "000000000000", region = "us-east-1", now } = options;
  const stacks = readAssembly(assembly).flatMap((artifact) => {
    const { stackName, templatePath, parameters } = artifact;
    const place = { account: artifact.account ?? account, region: artifact.region ?? region, stackName };
    return readStacks({ name: stackName, templatePath, place, parameters });
  });
  const situation: Situation = { stacks, deployed: new Map(), now };
  const found = rules.flatMap((rule) => find(rule, situation));
  return Promise.resolve({
    stacks: stacks.map(({ name }) => name),
    resources: [],
    properties: [],
    findings: found.map((finding) => reported(finding, stacks)),
  });
}

function find(rule: Rule, situation: Situation): readonly Finding[] {
  return rule.find(situation);
}

function reported(finding: Finding, stacks: readonly ReadStack[]): ReportedFinding {
  const stack = stacks.find(({ name }) => name === finding.stack);
  const resource = stack?.resources.find(({ logicalId }) => logicalId === finding.logicalId);
  return {
    ...finding,
    ...(resource === undefined ? {} : { path: resource.path, type: resource.type }),
    ...(stack === undefined ? {} : { template: stack.templatePath }),
  };
}
