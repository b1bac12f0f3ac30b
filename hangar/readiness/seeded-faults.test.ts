// Every rule finds the fault that is put into a sample app, and without it no rule finds anything.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stackOf, type ReadStack } from "./read-stack.ts";
import type { Situation } from "./rule.ts";
import { rules } from "./rules.ts";
import { assembled } from "./test-apps.ts";
import { usageWith } from "./test-usage.ts";
import type { SuiteUsage } from "./usage.ts";

type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string };
type Template = { Resources: Record<string, Resource>; Outputs: Record<string, object> };

/** What is wrong with the app, and where the rule has to say so. */
type Seed = {
  readonly template?: (template: Template) => void;
  readonly usage?: (usage: SuiteUsage) => SuiteUsage;
  readonly at?: string;
};

const everybody = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const open = {
  BlockPublicAcls: false,
  BlockPublicPolicy: false,
  IgnorePublicAcls: false,
  RestrictPublicBuckets: false,
};
const add =
  (Type: string, Properties: Record<string, unknown>, DeletionPolicy = "Retain") =>
  ({ Resources }: Template): void => {
    Resources["Seed"] = { Type, Properties, DeletionPolicy };
  };
const change =
  (name: string, properties: Record<string, unknown>) =>
  ({ Resources }: Template): void => {
    if (Resources[name] === undefined) throw new Error(`The app has no ${name}.`);
    Object.assign(Resources[name].Properties, properties);
  };

const NOTES = "Notes5BB3582F";
const LIST = "List125D1B59";
const ROLE = "ListServiceRoleDB3C27FE";
const document = { Statement: [{ Effect: "Allow", Action: "dynamodb:DeleteTable", Resource: "*" }] };

const SEEDS: Readonly<Record<string, Seed>> = {
  "refused-template": { template: ({ Outputs }) => void (Outputs["Seed"] = { Value: { Ref: "Nowhere" } }) },
  "refused-properties": { template: change(NOTES, { TableColour: "red" }), at: NOTES },
  missing: {
    template: add("AWS::CloudWatch::Alarm", { ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 1 }),
    at: "Seed",
  },
  inert: { template: change(LIST, { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }), at: LIST },
  "replaced-data": {
    template: change(NOTES, {
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    }),
    at: NOTES,
  },
  "public-bucket": {
    template: add("AWS::S3::Bucket", { AccessControl: "PublicRead", PublicAccessBlockConfiguration: open }),
    at: "Seed",
  },
  "wildcard-principal": {
    template: add("AWS::SQS::QueuePolicy", { Queues: ["q"], PolicyDocument: { Statement: [everybody] } }),
    at: "Seed",
  },
  "plain-secret": { template: change(LIST, { Environment: { Variables: { PASSWORD: "hunter22" } } }), at: LIST },
  "runtime-end": { template: change(LIST, { Runtime: "nodejs14.x" }), at: LIST },
  "template-limits": {
    template: ({ Outputs }) => {
      for (let index = 0; index < 201; index += 1) Outputs[`Seed${index}`] = { Value: "x" };
    },
  },
  quotas: { template: change(LIST, { ReservedConcurrentExecutions: 950 }), at: LIST },
  "wrong-name": { template: add("AWS::SQS::Queue", { QueueName: "no spaces" }), at: "Seed" },
  "shared-name": {
    template: (template) => {
      change(NOTES, { TableName: "notes" })(template);
      add("AWS::DynamoDB::Table", { ...template.Resources[NOTES]?.Properties })(template);
    },
    at: "Seed",
  },
  "global-name": { template: add("AWS::S3::Bucket", { BucketName: "everybodys" }), at: "Seed" },
  "fixed-name": { template: change(NOTES, { TableName: "notes" }), at: NOTES },
  "data-policy": {
    template: ({ Resources }) => void Object.assign(Resources[NOTES] ?? {}, { DeletionPolicy: "Delete" }),
    at: NOTES,
  },
  "never-used": { usage: (usage) => ({ ...usage, functions: {} }), at: LIST },
  "unused-permissions": {
    usage: (usage) => ({
      ...usage,
      roles: [
        { arn: "arn:aws:iam::000000000000:role/r", name: ROLE, services: [], policies: [{ name: "p", document }] },
      ],
    }),
    at: ROLE,
  },
};

const folder = mkdtempSync(join(tmpdir(), "hangar-seeds-"));
let text = "";
beforeAll(async () => {
  text = readFileSync(join(await assembled("notes-api", folder), "NotesApi.template.json"), "utf8");
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string): ReadStack {
  const place = { account: "000000000000", region: "us-east-1", stackName: "NotesApi" };
  const file = { name: "NotesApi", templatePath: "NotesApi.template.json", place, parameters: {}, uploaded: true };
  return stackOf(content, file);
}

/** The app as it is, deployed and tested in full, with the seed on top. */
function situation({ template, usage }: Seed): Situation {
  const data = JSON.parse(text) as Template;
  template?.(data);
  const deployed = read(text);
  const stacks = [read(JSON.stringify(data))];
  const all = usedInFull(deployed);
  return {
    stacks,
    deployed: new Map([["NotesApi", deployed]]),
    usage: usage === undefined ? all : usage(all),
    now: Date.UTC(2026, 0, 1),
  };
}

function usedInFull(stack: ReadStack): SuiteUsage {
  const once = { ok: 1, errors: {} };
  const idsOf = (type: string): string[] =>
    stack.resources.filter((resource) => resource.type === type).map(({ logicalId }) => logicalId);
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:";
  const routes = ["GET /notes", "POST /notes", "DELETE /notes/{id}"];
  return usageWith([stack], {
    functions: Object.fromEntries(idsOf("AWS::Lambda::Function").map((id) => [`${arn}${id}`, once])),
    served: Object.fromEntries(
      idsOf("AWS::ApiGateway::RestApi").flatMap((id) => routes.map((route) => [`${id} ${route}`, once])),
    ),
  });
}

test("every rule has a seed, and every seed a rule", () => {
  expect(Object.keys(SEEDS).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
});

test("without a seed no rule finds anything", () => {
  expect(rules.flatMap((rule) => rule.find(situation({})))).toEqual([]);
});

test.each(rules.map((rule) => [rule.name, rule] as const))("%s is found", (name, rule) => {
  const seed = SEEDS[name] ?? {};
  const found = rule.find(situation(seed));
  expect(found).toContainEqual(
    expect.objectContaining({
      rule: name,
      stack: "NotesApi",
      ...(seed.at === undefined ? {} : { logicalId: seed.at }),
    }),
  );
});
