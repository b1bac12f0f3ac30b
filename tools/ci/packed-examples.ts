// The examples' suites for other runners, with the package as it is installed: docs/examples/runners under node:test and Jest.

import { cpSync, globSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { synth } from "../../hangar/targets/synth.ts";

/** Runs Node in a folder; answers standard output. */
type Run = (parameters: readonly string[], cwd: string) => string;

const EXPECTED = ["order 7 gets a receipt, and sees no other", "order 8 gets a receipt, and sees no other"];
/** Handlers and suites find them where any project has them. */
const PACKAGES = ["client-dynamodb", "client-s3", "client-sqs"].map((name) => `@aws-sdk/${name}`);

type JestReport = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
};

/** Answers what each runner said of each test; throws with all it said when it fails. */
export async function runExamples(
  root: string,
  folder: string,
  node: Run,
): Promise<Readonly<Record<"node:test" | "Jest", readonly string[]>>> {
  const examples = join(root, "docs/examples");
  const copy = join(folder, "examples");
  for (const file of globSync(["*.{ts,json}", "handlers/*", "runners/*"], { cwd: examples })) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(examples, file), join(copy, file));
  }
  for (const name of [...PACKAGES, "jest", "@jest/globals"]) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link, "junction");
  }
  const where = { directory: copy, output: "cdk.out", account: "000000000000", region: "us-east-1" };
  await synth({ ...where, environment: process.env });
  const tap = node(["--test", "--test-reporter=tap", "runners/shop.node.test.js"], copy);
  const jest = ["--experimental-vm-modules", join(root, "node_modules/jest/bin/jest.js")];
  const json = node([...jest, "--config", "runners/jest.config.js", "--rootDir", ".", "--json"], copy);
  const { testResults } = JSON.parse(json) as JestReport;
  const titles = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    "node:test": [...tap.matchAll(/^ok \d+ - (.*)$/gm)].map(([, title = ""]) => title),
    Jest: titles.filter(({ status }) => status === "passed").map(({ title }) => title),
  };
}

export const areExpected = (titles: readonly string[]): boolean => EXPECTED.every((title) => titles.includes(title));
