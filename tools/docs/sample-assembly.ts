// A synthesised app of one stack, as the CDK writes it, for tests.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Answers its folder. */
export function makeAssembly(): string {
  const folder = mkdtempSync(join(tmpdir(), "hangar-assembly-"));
  const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
  write("manifest.json", {
    version: "48.0.0",
    artifacts: {
      App: {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/unknown-region",
        properties: { templateFile: "App.template.json" },
      },
    },
  });
  write("App.template.json", {
    Resources: { Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: "app-jobs" } } },
    Outputs: { JobsUrl: { Value: { Ref: "Jobs" } } },
  });
  return folder;
}
