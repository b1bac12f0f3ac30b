// Assemblies at AWS's default quotas and one beyond them.

import { expect, test } from "vitest";
import { listQuotas, quotas } from "../quotas.ts";
import { found, stackWith } from "../test-stacks.ts";
import { defaultQuotas } from "./quotas.ts";

const many = (count: number, type: string, Properties: object = {}): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, { Type: type, Properties }]));
const reserving = (count: number): object => ({
  Type: "AWS::Lambda::Function",
  Properties: { ReservedConcurrentExecutions: count },
});

test.each(quotas.map((quota) => [`${quota.most} ${quota.what} (${quota.types[0]})`, quota] as const))(
  "%s",
  (_, quota) => {
    const [type = ""] = quota.types;
    const parent = typeof quota.per === "object" ? { [quota.per.property]: { Ref: "Parent" } } : {};
    expect(found(defaultQuotas, stackWith(many(quota.most, type, parent)))).toEqual([]);
    const beyond = found(defaultQuotas, stackWith(many(quota.most + 1, type, parent)));
    expect(beyond).toHaveLength(1);
    expect(beyond[0]).toMatchObject({ level: "error", message: expect.stringContaining(quota.page) as string });
  },
);

test.each(listQuotas.map((quota) => [`${quota.type} has ${quota.most} ${quota.property}`, quota] as const))(
  "%s",
  (_, quota) => {
    const stack = (count: number): ReturnType<typeof stackWith> =>
      stackWith(many(1, quota.type, { [quota.property]: Array.from({ length: count }, () => "x") }));
    expect(found(defaultQuotas, stack(quota.most))).toEqual([]);
    expect(found(defaultQuotas, stack(quota.most + 1))).toMatchObject([{ property: quota.property }]);
  },
);

test("what two resources have does not add up, nor what two regions have", () => {
  const rules = (bus: string): object => ({ Type: "AWS::Events::Rule", Properties: { EventBusName: bus } });
  const on = (bus: string): [string, object][] =>
    Array.from({ length: 200 }, (_, index) => [`${bus}${index}`, rules(bus)]);
  expect(found(defaultQuotas, stackWith(Object.fromEntries([...on("orders"), ...on("payments")])))).toEqual([]);
  const vpcs = stackWith(many(5, "AWS::EC2::VPC"));
  const elsewhere = { ...vpcs, name: "Other", place: { ...vpcs.place, region: "us-east-1" } };
  expect(found(defaultQuotas, [vpcs, elsewhere])).toEqual([]);
  expect(found(defaultQuotas, [vpcs, { ...vpcs, name: "Other" }])).toHaveLength(1);
});

test("functions leave 100 of a region's 1,000 executions at once to those that reserve none", () => {
  expect(found(defaultQuotas, stackWith({ A: reserving(600), B: reserving(300) }))).toEqual([]);
  expect(found(defaultQuotas, stackWith({ A: reserving(301), B: reserving(600) }))).toMatchObject([
    { logicalId: "B", property: "ReservedConcurrentExecutions" },
  ]);
});

test("the variables of a function have 4,096 bytes at most, names and values", () => {
  const stack = (bytes: number): ReturnType<typeof stackWith> =>
    stackWith(many(1, "AWS::Lambda::Function", { Environment: { Variables: { NAME: "x".repeat(bytes - 4) } } }));
  expect(found(defaultQuotas, stack(4096))).toEqual([]);
  expect(found(defaultQuotas, stack(4097))).toMatchObject([{ property: "Environment.Variables" }]);
});
