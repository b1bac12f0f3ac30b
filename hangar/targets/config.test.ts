// hangar.config.ts as its writers get it wrong and right, and as each Node reads it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsIn } from "./config-problems.ts";
import { defineConfig, readConfig } from "./config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hangar-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const full = defineConfig({
  app: "node app.ts",
  targets: {
    embedded: { account: "111122223333", region: "eu-west-1" },
    localstack: { endpoint: "http://127.0.0.1:4566", region: "eu-west-1" },
    aws: { account: "111122223333", region: "eu-west-1", endpoint: "https://vpce-1.example.com" },
  },
  accounts: { "444455556666": { name: "live", production: true } },
  suites: { smoke: { tag: "smoke" }, orders: { files: ["orders"] } },
  stages: [
    { name: "localstack", target: "localstack" },
    { name: "live", target: "aws", account: "444455556666", suite: "smoke" },
  ],
  allowances: [{ rule: "inert", subject: "AWS::Lambda::Function.Tags", reason: "unused", until: "2027-01-31" }],
  coverage: { unused: "error" },
});

test("a whole configuration has nothing wrong", () => {
  expect(problemsIn(full)).toEqual([]);
  expect(problemsIn({})).toEqual([]);
  expect(problemsIn({ app: undefined })).toEqual([]);
});

const stage = { name: "live", target: "aws", account: "444455556666", region: "eu-west-1" };
const WRONG: readonly (readonly [unknown, readonly string[]])[] = [
  [
    { target: {} },
    [
      "target is not known; did you mean targets?. Known here: app, targets, accounts, suites, stages, allowances, coverage",
    ],
  ],
  [
    { targets: { aws: { acount: "111122223333", zone: "a" } } },
    [
      "targets.aws.acount is not known; did you mean account?. Known here: account, region, endpoint",
      "targets.aws.zone is not known. Known here: account, region, endpoint",
    ],
  ],
  [{ constructor: 1 }, [expect.stringMatching(/^constructor is not known\. Known here/)]],
  [undefined, [expect.stringMatching(/^the default export is undefined, not an object with app,/)]],
  [[], [expect.stringMatching(/^the default export is \[\], not an object/)]],
  [
    { targets: { aws: { account: 111122223333 } } },
    ["targets.aws.account is 111122223333, not an account id of 12 digits in quotes"],
  ],
  [{ targets: { aws: { region: "Ireland" } } }, ['targets.aws.region is "Ireland", not a region such as eu-west-1']],
  [
    { targets: { localstack: { endpoint: "localhost:4566" } } },
    ['targets.localstack.endpoint is "localhost:4566", not an http or https URL'],
  ],
  [
    { accounts: { live: { production: "yes" } } },
    [
      'the name "live" in accounts is "live", not an account id of 12 digits in quotes',
      'accounts["live"].production is "yes", not true or false',
    ],
  ],
  [{ suites: { all: {} } }, ['the name "all" in suites is the name of all tests together']],
  [{ suites: { smoke: { files: "orders" } } }, ['suites["smoke"].files is "orders", not a list']],
  [
    { stages: [{ name: "live", target: "AWS", account: "444455556666" }] },
    ['stages[0].target is "AWS", not one of localstack, aws; did you mean aws?'],
  ],
  [{ stages: [{ target: "aws" }] }, ["stages[0].name is missing"]],
  [
    { stages: [stage, { ...stage, suite: "smok" }], suites: { smoke: {} } },
    [
      "stages[1].name: there is a stage live before it",
      "stages[1].suite: there is no smok in suites; did you mean smoke?",
    ],
  ],
  [
    { stages: [{ name: "live", target: "aws" }] },
    [
      "stages[0].account is missing, and so is targets.aws.account",
      "stages[0].region is missing, and so is targets.aws.region",
    ],
  ],
  [
    { stages: [{ name: "local", target: "localstack", account: "444455556666" }] },
    ["stages[0].account: LocalStack has one account"],
  ],
  [
    { allowances: [{ rule: "inert", subject: "*", reason: " ", until: "2027-02-30" }] },
    [
      'allowances[0].reason is " ", not text that says something',
      'allowances[0].until is "2027-02-30", not a day such as 2027-01-31',
    ],
  ],
  [{ coverage: { unused: "fail" } }, ['coverage.unused is "fail", not one of error, warning, note, off']],
];

test.for(WRONG)("%j is refused by its path", ([config, problems]) => {
  expect(problemsIn(config)).toEqual(problems);
});

test("a folder without the file has an empty configuration", async () => {
  expect(await readConfig(folder)).toEqual({});
});

test("the file is TypeScript, JavaScript or JSON, and one of them", async () => {
  const source = `export default ${JSON.stringify(full)};\n`;
  const written: readonly (readonly [string, string])[] = [
    ["hangar.config.ts", `type Own = { readonly a?: string };\nconst own: Own = {};\nvoid own;\n${source}`],
    ["hangar.config.mts", source],
    ["hangar.config.mjs", source],
    ["hangar.config.json", JSON.stringify(full)],
  ];
  for (const [name, text] of written) {
    writeFileSync(join(folder, name), text);
    expect(await readConfig(folder)).toEqual(full);
    rmSync(join(folder, name));
  }
  for (const [name, text] of written.slice(0, 2)) writeFileSync(join(folder, name), text);
  await expect(readConfig(folder)).rejects.toThrow("There is hangar.config.ts and hangar.config.mts in");
});

test("a file that cannot be used says which and why", async () => {
  const file = join(folder, "hangar.config.mjs");
  writeFileSync(file, "export default { app: 1, stage: [] };\n");
  await expect(readConfig(folder)).rejects.toThrow(
    `${file}:\n  - app is 1, not text that says something\n  - stage is not known; did you mean stages?`,
  );
  rmSync(file);
  writeFileSync(join(folder, "hangar.config.mts"), "export const config = {};\n");
  await expect(readConfig(folder)).rejects.toThrow("has no default export: export default defineConfig");
  rmSync(join(folder, "hangar.config.mts"));
  writeFileSync(join(folder, "hangar.config.json"), "{");
  await expect(readConfig(folder)).rejects.toThrow("hangar.config.json is no JSON");
});

test("a Node that does not strip types by itself is asked to", async () => {
  const file = join(folder, "hangar.config.ts");
  const door = pathToFileURL(join(import.meta.dirname, "config.ts")).href;
  writeFileSync(
    file,
    `import { defineConfig } from ${JSON.stringify(door)};\nconst app: string = "x";\nconsole.log("read");\nexport default defineConfig({ app });\n`,
  );
  const own = Object.getOwnPropertyDescriptor(process.features, "typescript");
  Object.defineProperty(process.features, "typescript", { value: false, configurable: true });
  try {
    expect(await readConfig(folder)).toEqual({ app: "x" });
    writeFileSync(file, "export default { app: ;\n");
    await expect(readConfig(folder)).rejects.toThrow(/could not be read by Node .*hangar\.config\.mjs/s);
  } finally {
    Object.defineProperty(process.features, "typescript", own ?? { value: "strip", configurable: true });
  }
});
