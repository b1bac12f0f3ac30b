// Reads off a deployed world what a run of the suites used of it, and what the names in the counts stand for.

import type { Cloud } from "../cloud/cloud.ts";
import type * as Iam from "../models/iam.d.ts";
import type { DeployedRole } from "../services/iam/rules/access-report.ts";
import type { StackArtifact } from "../targets/assembly.ts";
import { callerOf } from "../targets/embedded.ts";
import { deployedResources } from "./stack-resources.ts";
import type { SuiteUsage } from "./usage.ts";

export type Run = Pick<SuiteUsage, "at" | "only" | "passed"> & {
  readonly assembly?: string | undefined;
  readonly stacks: readonly StackArtifact[];
};

/** Of the deployed world and all its forks. */
export async function usageOf(cloud: Cloud, { stacks, ...run }: Run): Promise<SuiteUsage> {
  // Before the calls that ask for the rest are counted, too.
  const counts = cloud.world.countUsage().counts();
  const resources = await Promise.all(stacks.map((stack) => deployedResources(cloud, stack)));
  return {
    version: 1,
    ...run,
    account: cloud.account,
    ...counts,
    access: cloud.world.access.uses(),
    roles: await deployedRoles(cloud),
    stacks: resources.flat(),
  };
}

/** The roles of the app, with the documents of all their policies. */
async function deployedRoles(cloud: Cloud): Promise<DeployedRole[]> {
  const call = callerOf(cloud, cloud.world, cloud.region);
  const roles: Iam.RoleDetail[] = [];
  const managed = new Map<string, string>();
  let Marker: string | undefined;
  do {
    const page = (await call("iam", "GetAccountAuthorizationDetails", {
      Filter: ["Role", "LocalManagedPolicy", "AWSManagedPolicy"],
      ...(Marker === undefined ? {} : { Marker }),
    })) as Iam.GetAccountAuthorizationDetailsOutput;
    roles.push(...(page.RoleDetailList ?? []));
    for (const { Arn = "", PolicyVersionList = [] } of page.Policies ?? [])
      managed.set(Arn, PolicyVersionList.find((version) => version.IsDefaultVersion === true)?.Document ?? "");
    Marker = page.Marker;
  } while (Marker !== undefined);
  return roles.filter((role) => !isAwsOwn(role)).map((role) => roleOf(role, managed));
}

/** Service-linked roles, and those of `cdk bootstrap`. */
function isAwsOwn({ Path, RoleName }: Iam.RoleDetail): boolean {
  const bootstrap = /^cdk-[a-z0-9]+-(cfn-exec|deploy|(file|image)-publishing|lookup)-role-/;
  return Path?.startsWith("/aws-service-role/") === true || bootstrap.test(RoleName ?? "");
}

function roleOf(role: Iam.RoleDetail, managed: ReadonlyMap<string, string>): DeployedRole {
  const inline = (role.RolePolicyList ?? []).map(({ PolicyName = "", PolicyDocument = "" }) => ({
    name: PolicyName,
    document: documentOf(PolicyDocument),
  }));
  const attached = (role.AttachedManagedPolicies ?? []).map(({ PolicyName = "", PolicyArn = "" }) => ({
    name: PolicyName,
    document: documentOf(managed.get(PolicyArn) ?? ""),
  }));
  const trust = documentOf(role.AssumeRolePolicyDocument ?? "") as { readonly Statement?: Trust | readonly Trust[] };
  return {
    arn: role.Arn ?? "",
    name: role.RoleName ?? "",
    services: [trust.Statement ?? []].flat().flatMap((statement) => servicesOf(statement as Trust)),
    policies: [...inline, ...attached],
  };
}

type Trust = { readonly Principal?: string | { readonly Service?: string | readonly string[] } };

function servicesOf({ Principal }: Trust): readonly string[] {
  return typeof Principal === "object" ? [Principal.Service ?? []].flat() : [];
}

/** IAM gives documents percent-encoded. */
function documentOf(text: string): object {
  return text === "" ? {} : (JSON.parse(decodeURIComponent(text)) as object);
}
