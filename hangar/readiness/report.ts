// Whether an assembly is ready for AWS: what of it is emulated here and how well, and what its rules found.

import { relative } from "node:path";
import { readAssembly, type StackArtifact } from "../targets/assembly.ts";
import type { HangarConfig } from "../targets/config.ts";
import { allow } from "./allow.ts";
import { coverageOf, type Covered } from "./coverage.ts";
import { deployedStacks } from "./deployed.ts";
import type { Finding, ReportedFinding } from "./finding.ts";
import { readStacks, type ReadStack } from "./read-stack.ts";
import { rules } from "./rules.ts";
import type { SuiteUsage } from "./usage.ts";
import { sourcesIn } from "./sources.ts";
import { operationStates, propertyStates, typeStates } from "./states.ts";

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
  /** Handlers, routes, hosts and event sources, and how often the last suite used them; undefined where none has run. */
  readonly coverage?: readonly Covered[];
  readonly findings: readonly ReportedFinding[];
};

export type ReadinessOptions = {
  readonly config?: HangarConfig;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** For stacks that are for no account or region in particular. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Folder that sources are named from: the project's. */
  readonly base: string;
  /** What the last suite used; undefined where none has run. */
  readonly usage?: SuiteUsage | undefined;
  /** What stands on AWS already: an assembly's folder, one of templates, or a template. */
  readonly against?: string | undefined;
};

/** Reads an assembly's folder. Throws an Error where it is none. */
export async function readiness(assembly: string, options: ReadinessOptions): Promise<ReadinessReport> {
  const { config = {}, now, base, against, usage } = options;
  const artifacts = readAssembly(assembly);
  const stacks = stacksOf(artifacts, options);
  const situation = {
    stacks,
    deployed: against === undefined ? new Map<string, ReadStack>() : deployedStacks(against, stacks),
    usage,
    unused: config.coverage?.unused,
    now,
  };
  const found = rules.flatMap((rule) => rule.find(situation));
  const described = describe(found, { stacks, artifacts, base });
  return Promise.resolve({
    stacks: stacks.map(({ name }) => name),
    resources: typeStates(stacks),
    properties: propertyStates(stacks),
    ...(usage === undefined
      ? {}
      : { operations: operationStates(usage.operations), coverage: coverageOf(stacks, usage) }),
    findings: allow(described, config.allowances ?? [], now),
  });
}

/** Whether the report stands in the way: an error that nobody allowed. */
export function isReady({ findings }: ReadinessReport): boolean {
  return !findings.some(({ level, allowed }) => level === "error" && allowed === undefined);
}

function stacksOf(artifacts: readonly StackArtifact[], options: ReadinessOptions): ReadStack[] {
  const { account = "000000000000", region = "us-east-1" } = options;
  return artifacts.flatMap((artifact) => {
    const { stackName, templatePath, parameters } = artifact;
    const place = { account: artifact.account ?? account, region: artifact.region ?? region, stackName };
    const uploaded = artifact.assets.some(({ path }) => path === templatePath);
    return readStacks({ name: stackName, templatePath, place, parameters, uploaded });
  });
}

type Known = {
  readonly stacks: readonly ReadStack[];
  readonly artifacts: readonly StackArtifact[];
  readonly base: string;
};

/** Metadata is read of stacks with findings only: it is large. */
function describe(found: readonly Finding[], { stacks, artifacts, base }: Known): ReportedFinding[] {
  const sources = new Map<string, ReadonlyMap<string, string>>();
  const sourceOf = ({ stack, logicalId = "" }: Finding): string | undefined => {
    const path = artifacts.find(({ stackName }) => stackName === stack.split("/")[0])?.metadataPath;
    if (path === undefined) return undefined;
    const known = sources.get(path) ?? sourcesIn(path, base);
    sources.set(path, known);
    return known.get(logicalId);
  };
  return found.map((finding) => {
    const stack = stacks.find(({ name }) => name === finding.stack);
    const resource = stack?.resources.find(({ logicalId }) => logicalId === finding.logicalId);
    const source = sourceOf(finding);
    return {
      ...finding,
      ...(resource === undefined ? {} : { path: resource.path, type: resource.type }),
      ...(source === undefined ? {} : { source }),
      ...(stack === undefined ? {} : { template: relative(base, stack.templatePath).replaceAll("\\", "/") }),
    };
  });
}
