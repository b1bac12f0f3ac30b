// A readiness report as SARIF 2.1.0, which code hosts show beside the code. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import type { ReportedFinding } from "../finding.ts";
import type { ReadinessReport } from "../report.ts";
import type { Rule } from "../rule.ts";

export type SarifOptions = { readonly rules: readonly Pick<Rule, "name" | "says">[]; readonly version: string };

/** What hangar.config.ts says of findings is found by no rule of the list. */
const OF_ALLOWANCES = [
  { name: "expired-allowance", says: "An allowance in hangar.config.ts has ended." },
  { name: "unused-allowance", says: "An allowance in hangar.config.ts allows nothing that was found." },
];

export function sarifOf({ findings }: ReadinessReport, { rules, version }: SarifOptions): object {
  const described = [...rules, ...OF_ALLOWANCES];
  const driver = {
    name: "hangar check",
    version,
    rules: described.map(({ name, says }) => ({ id: name, shortDescription: { text: says } })),
  };
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: described.findIndex(({ name }) => name === finding.rule),
          ...resultOf(finding),
        })),
      },
    ],
  };
}

function resultOf(finding: ReportedFinding): object {
  const { rule, level, message, help, stack, logicalId, property, path, allowed } = finding;
  const where = path ?? logicalId ?? stack;
  return {
    level,
    message: { text: [`${where}: ${message}`, ...(help === undefined ? [] : [help])].join(" ") },
    locations: [
      {
        physicalLocation: physicalLocation(finding),
        logicalLocations: [
          { fullyQualifiedName: [stack, logicalId, property].filter(Boolean).join("/"), kind: "resource" },
        ],
      },
    ],
    // The same fault is one alert from run to run, whatever its lines are.
    partialFingerprints: { "hangarCheck/v1": [rule, stack, logicalId, property].filter(Boolean).join(" ") },
    suppressions:
      allowed === undefined ? [] : [{ kind: "external", justification: `Until ${allowed.until}: ${allowed.reason}` }],
  };
}

/** The construct's place in the code or, where the CDK does not say it, the template. */
function physicalLocation({ source, template }: ReportedFinding): object {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(source ?? "") ?? [];
  if (file !== undefined)
    return {
      artifactLocation: { uri: encodeURI(file) },
      region: { startLine: Number(line), startColumn: Number(column) },
    };
  return { artifactLocation: { uri: encodeURI(template ?? "hangar.config.ts") }, region: { startLine: 1 } };
}
