// Roles whose policies allow what the last suite never used, each with the policy that suffices.

import type { Unused } from "../../services/iam/rules/access-report.ts";
import { deployedProperties } from "../deployed-properties.ts";
import type { Finding } from "../finding.ts";
import { idleProviders } from "../idle-providers.ts";
import type { ReadStack } from "../read-stack.ts";
import { namesIn, type NameOf } from "../resource-names.ts";
import { roleReports } from "../role-reports.ts";
import type { Rule } from "../rule.ts";
import { isWhole, type SuiteUsage } from "../usage.ts";

export const unusedPermissions: Rule = {
  name: "unused-permissions",
  says: "A role's policies allow actions or resources that the last suite never used.",
  find: ({ stacks, usage }) => (usage === undefined || !isWhole(usage) ? [] : unusedIn(stacks, usage)),
};

function unusedIn(stacks: readonly ReadStack[], usage: SuiteUsage): Finding[] {
  const nameOf = namesIn(stacks, usage);
  const idle = idleProviders(deployedProperties(stacks, usage), usage);
  const leftOut = new Set(idle.map(({ properties }) => properties["Role"]));
  return roleReports(usage).flatMap(({ arn, place, unused, leastPrivilege, cdk }): Finding[] => {
    if (place === undefined || unused.length === 0 || leftOut.has(arn)) return [];
    if (!stacks.some(({ name }) => name === place.stack)) return [];
    return [
      {
        rule: "unused-permissions",
        level: "note",
        ...place,
        message: `The role may, and the last suite never did: ${unused.map((each) => textOf(each, nameOf)).join("; ")}.`,
        help: "The policy that suffices for the suite is given beside it. Keep what production needs and no test does.",
        instead: { json: leastPrivilege, cdk },
      },
    ];
  });
}

function textOf({ actions, resources }: Unused, nameOf: NameOf): string {
  return `${actions.join(", ")} on ${resources.map(nameOf).join(", ")}`;
}
