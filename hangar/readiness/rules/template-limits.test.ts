// Templates at CloudFormation's limits and one beyond them.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { templateLimits } from "./template-limits.ts";

const queues = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Q${index}`, { Type: "AWS::SQS::Queue" }]));
const many = (count: number, entry: object): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`E${index}`, entry]));
const with_ = (more: object, resources = queues(1)): object => ({ ...more, Resources: resources });
const padded = (bytes: number): object => {
  const template = (Info: string): object => with_({ Metadata: { Info } });
  return template("x".repeat(bytes - JSON.stringify(template("")).length));
};
const output = { Value: "v" };

test.each([
  ["500 resources", with_({}, queues(450)), with_({}, queues(501)), "The template has 501 resources; AWS takes 500."],
  [
    "200 outputs",
    with_({ Outputs: many(180, output) }),
    with_({ Outputs: many(201, output) }),
    "The template has 201 outputs; AWS takes 200.",
  ],
  [
    "200 parameters",
    with_({ Parameters: many(180, { Type: "String" }) }),
    with_({ Parameters: many(201, { Type: "String" }) }),
    "The template has 201 parameters; AWS takes 200.",
  ],
  [
    "200 mappings",
    with_({ Mappings: many(180, { a: { b: "c" } }) }),
    with_({ Mappings: many(201, { a: { b: "c" } }) }),
    "The template has 201 mappings; AWS takes 200.",
  ],
  ["1 MB", padded(1_048_576), padded(1_048_577), "The template has 1048577 bytes; AWS takes 1048576."],
  [
    "a description of 1,024 bytes",
    with_({ Description: "é".repeat(512) }),
    with_({ Description: "é".repeat(513) }),
    "The description of the template has 1026 bytes; AWS takes 1024.",
  ],
  [
    "an output of 4,096 bytes",
    with_({ Outputs: { Long: { Value: "x".repeat(4096) } } }),
    with_({ Outputs: { Long: { Value: "x".repeat(4097) } } }),
    "The value of the output has 4097 bytes; AWS takes 4096.",
  ],
  [
    "a name of 255 characters",
    with_({ Outputs: { ["x".repeat(255)]: output } }),
    with_({ Outputs: { ["x".repeat(256)]: output } }),
    "Names of outputs have at most 255 characters.",
  ],
])("AWS takes %s, and no more", (_, within, beyond, message) => {
  expect(found(templateLimits, stackWith(within))).toEqual([]);
  expect(found(templateLimits, stackWith(beyond)).map(({ level, message: said }) => [level, said])).toEqual([
    ["error", message],
  ]);
});

test("a stack that is nearly full is a note", () => {
  expect(found(templateLimits, stackWith(queues(451))).map(({ level }) => level)).toEqual(["note"]);
});

test("a template that goes along with the call has at most 51,200 bytes", () => {
  const inline = (bytes: number): object => ({ ...stackWith(padded(bytes)), uploaded: false });
  expect(found(templateLimits, [inline(51_200) as never])).toEqual([]);
  expect(found(templateLimits, [inline(51_201) as never])).toHaveLength(1);
});

test("a stack has 2,500 resources with all that are nested in it", () => {
  const nested = (count: number): object[] =>
    Array.from({ length: 5 }, (_, index) => ({ ...stackWith(queues(count), `Shop/N${index}`), nested: true }));
  expect(found(templateLimits, [stackWith(queues(250)), ...nested(450)] as never)).toEqual([]);
  expect(found(templateLimits, [stackWith(queues(251)), ...nested(450)] as never)).toMatchObject([
    {
      stack: "Shop",
      message: "The stack and those nested in it have 2501 resources; AWS takes 2500 in one operation.",
    },
  ]);
});
