// What a run of the suites leaves for `hangar access report`: the roles as deployed, and what was asked of them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AccessUse } from "../cloud/access-tally.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type * as Iam from "../models/iam.d.ts";
import type { DeployedRole } from "../services/iam/rules/access-report.ts";
import { callerOf } from "../targets/embedded.ts";
import type { StackArtifact } from "../targets/assembly.ts";
import { stackReferences, type StackReferences } from "./access-references.ts";

export type AccessFile = {
  readonly version: 2;
  /** When the suites ended. */
  readonly at: string;
  readonly account: string;
  /** The words that narrowed the run; none when all suites ran. */
  readonly only: readonly string[];
  readonly passed: boolean;
  readonly roles: readonly DeployedRole[];
  readonly stacks: readonly StackReferences[];
  readonly uses: readonly AccessUse[];
};

function fileIn(directory: string): string {
  return join(directory, ".hangar", "access.json");
}

export type Run = Pick<AccessFile, "only" | "passed">;

/** The app's own folder keeps what its last run showed: the deployed world's roles, and what all forks of it used. */
export async function writeAccess(
  directory: string,
  { cloud, stacks, only, passed }: Run & { readonly cloud: Cloud; readonly stacks: readonly StackArtifact[] },
): Promise<void> {
  const facts: AccessFile = {
    version: 2,
    at: new Date().toISOString(),
    account: cloud.account,
    only,
    passed,
    roles: await deployedRoles(cloud),
    stacks: await Promise.all(stacks.map((stack) => stackReferences(cloud, stack))),
    uses: cloud.world.access.uses(),
  };
  mkdirSync(dirname(fileIn(directory)), { recursive: true });
  writeFileSync(fileIn(directory), JSON.stringify(facts));
}

export function readAccess(): AccessFile {
  let text: string;
  try {
    text = readFileSync(fileIn(process.cwd()), "utf8");
  } catch {
    throw new Error(
      "No suite has run in this folder yet: the report is made of what it used. Run: hangar test, or vitest",
    );
  }
  const facts = JSON.parse(text) as AccessFile;
  if (facts.version !== 2) throw new Error(".hangar/access.json is another version's. Run: hangar test");
  return facts;
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
