// `hangar access report`: what each role was granted and used, granted and never used, denied; and the policy that suffices.

import { roleReports, type RoleUse } from "../readiness/role-reports.ts";
import { readUsage, type SuiteUsage } from "../readiness/usage.ts";
import type { Used } from "../services/iam/rules/access-report.ts";
import { flag, say, text, UsageError, type Command } from "./command.ts";

export const command: Command = {
  name: "access",
  says: "Report what each role used of what it was granted, from the last run of the suites.",
  usage: "access report [--role NAME] [--json]",
  options: {
    role: { type: "string", says: "only roles with this in their name, with the policy that suffices (JSON, CDK)" },
    json: { type: "boolean", says: "all of it as JSON" },
  },
  takesNames: true,
  async run(words) {
    const [what, ...more] = words.rest;
    if (what !== "report" || more.length > 0) throw new UsageError("Say: hangar access report");
    const facts = readUsage(process.cwd());
    if (facts === undefined)
      throw new Error(
        "No suite has run in this folder yet: the report is made of what it used. Run: hangar test, or vitest",
      );
    const name = text(words, "role");
    const reports = roleReports(facts, name);
    if (name !== undefined && reports.length === 0)
      throw new Error(
        `No role has "${name}" in its name. There are: ${facts.roles.map((role) => role.name).join(", ") || "none"}`,
      );
    if (flag(words, "json")) {
      const { at, only, passed } = facts;
      const withCode = reports.map(({ place: _place, ...each }) => ({ ...each, cdk: each.cdk ?? null }));
      say(JSON.stringify({ at, only, passed, roles: withCode }, null, 2));
      return 0;
    }
    for (const line of linesOf(facts, reports, name !== undefined)) say(line);
    return 0;
  },
};

function linesOf(facts: SuiteUsage, reports: readonly RoleUse[], withPolicies: boolean): string[] {
  const others = new Set(facts.access.map(({ role }) => role).filter((arn) => !facts.roles.some((r) => r.arn === arn)));
  return [
    `What roles did in the run of the suites that ended ${facts.at}.`,
    ...(facts.only.length === 0
      ? []
      : [`Only a part of them ran (${facts.only.join(" ")}): what the others need is missing here.`]),
    ...(facts.passed ? [] : ["The run failed: what its failing tests would have used is missing here."]),
    ...reports.flatMap((report) => ["", ...roleLines(report), ...(withPolicies ? policyLines(report) : [])]),
    "",
    ...(others.size === 0 ? [] : [`${others.size} roles that the suites made themselves are left out.`]),
    ...(withPolicies ? [] : ["With --role NAME: the policy that suffices, as JSON and as CDK code."]),
  ];
}

function roleLines(report: RoleUse): string[] {
  const { used, unused, serviceWork, byResourcePolicy, byTests, denied, unlisted } = report;
  return [
    report.role,
    ...section("granted and used", used.flatMap(usedLines)),
    ...section(
      "granted and never used",
      unused.flatMap(({ policy, actions, resources }) => [
        `${actions.join(", ")} (policy ${policy})`,
        ...resources.map((each) => `    ${each}`),
      ]),
    ),
    ...section("denied", denied.flatMap(deniedLines)),
    ...section("allowed by the resource's own policy", byResourcePolicy.flatMap(usedLines)),
    ...section("allowed by a policy that only a test's world had", byTests.flatMap(usedLines)),
    ...section("kept, since AWS's service itself needs them", serviceWork.length === 0 ? [] : [serviceWork.join(", ")]),
    ...section("on too many resources to tell apart, so kept as granted", unlisted),
    ...(used.length + unused.length + denied.length + byResourcePolicy.length + byTests.length + serviceWork.length ===
    0
      ? ["  nothing granted, nothing asked"]
      : []),
  ];
}

function usedLines({ action, resources, count }: Used): string[] {
  return [`${action} (${times(count)})`, ...resources.map((each) => `    ${each}`)];
}

function deniedLines({ action, resource, count, explanation }: RoleUse["denied"][number]): string[] {
  return [`${action} (${times(count)})`, `    ${resource}`, ...(explanation === "" ? [] : [`    ${explanation}`])];
}

function policyLines(report: RoleUse): string[] {
  const { cdk: code } = report;
  if (code === undefined) return ["  the policy that suffices: none"];
  return [
    ...section("named exactly, since only one was seen: widen by hand what data names", report.single),
    ...section("the policy that suffices", JSON.stringify(report.leastPrivilege, null, 2).split("\n")),
    ...section("the same in CDK", code.split("\n")),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
