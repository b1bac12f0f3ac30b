// What each role of the app was granted and used in the last suite, and the policy that suffices, as JSON and as CDK code.

import { accessReport, type RoleReport } from "../services/iam/rules/access-report.ts";
import { cdkSnippet } from "../services/iam/rules/cdk-snippet.ts";
import { cdkReferences } from "./stack-resources.ts";
import type { SuiteUsage } from "./usage.ts";

export type RoleUse = RoleReport & {
  /** Where the role is in the templates; absent for roles that are in none. */
  readonly place?: { readonly stack: string; readonly logicalId: string };
  /** Undefined when there is nothing to grant. */
  readonly cdk?: string | undefined;
};

/** Of the roles with this in their name, or all. */
export function roleReports({ roles, access, stacks, account }: SuiteUsage, name = ""): RoleUse[] {
  return roles
    .filter((role) => role.name.includes(name))
    .map((role) => {
      const report = accessReport(role, access);
      for (const { stack, resources } of stacks) {
        const own = resources.find(({ type, id }) => type === "AWS::IAM::Role" && id === role.name);
        if (own === undefined) continue;
        const references = cdkReferences({ resources });
        const cdk = cdkSnippet(report.leastPrivilege.Statement, { account, references });
        return { ...report, place: { stack, logicalId: own.logicalId }, cdk };
      }
      return { ...report, cdk: cdkSnippet(report.leastPrivilege.Statement, { account, references: {} }) };
    });
}
