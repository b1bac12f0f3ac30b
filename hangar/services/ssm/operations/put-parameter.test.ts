// Parameter Store through the SDK client.

import { KMS } from "@aws-sdk/client-kms";
import { SSM, type PutParameterCommandInput } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let ssm: SSM;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "ssm" });
  ssm = new SSM({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  ssm.putParameter({ Name, Value, Type: "String", ...more });
const overwrite = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  ssm.putParameter({ Name, Value, Overwrite: true, ...more });
const invalid = (message: string) => ({ name: "ValidationException", message });

test("a parameter is put, read by name and by ARN, and deleted", async () => {
  const made = await put("/app/a", "123");
  expect([made.Version, made.Tier]).toEqual([1, "Standard"]);
  const parameter = {
    Name: "/app/a",
    Type: "String",
    Value: "123",
    Version: 1,
    ARN: "arn:aws:ssm:us-east-1:000000000000:parameter/app/a",
    DataType: "text",
    LastModifiedDate: expect.any(Date),
  };
  expect((await ssm.getParameter({ Name: "/app/a" })).Parameter).toEqual(parameter);
  expect((await ssm.getParameter({ Name: parameter.ARN })).Parameter).toEqual(parameter);
  const several = await ssm.getParameters({ Names: ["/app/a", "/app/none"] });
  expect([several.Parameters, several.InvalidParameters]).toEqual([[parameter], ["/app/none"]]);
  expect((await ssm.getParameters({ Names: [parameter.ARN] })).Parameters).toEqual([parameter]);
  await ssm.deleteParameter({ Name: "/app/a" });
  await expect(ssm.getParameter({ Name: "/app/a" })).rejects.toMatchObject({ name: "ParameterNotFound" });
  await expect(ssm.deleteParameter({ Name: "/app/a" })).rejects.toMatchObject({ name: "ParameterNotFound" });
});

test("a name without a slash has one in its ARN only", async () => {
  await put("plain", "1");
  const { Parameter } = await ssm.getParameter({ Name: "arn:aws:ssm:us-east-1:000000000000:parameter/plain" });
  expect([Parameter?.Name, Parameter?.ARN]).toEqual(["plain", "arn:aws:ssm:us-east-1:000000000000:parameter/plain"]);
  await expect(ssm.getParameter({ Name: "/plain" })).rejects.toMatchObject({ name: "ParameterNotFound" });
});

test.each([
  ["/aws/x", { name: "AccessDeniedException", message: "No access to reserved parameter name: /aws/x." }],
  ["awsome", { name: "ValidationException" }],
  ["a b", { name: "ValidationException" }],
  ["a/b", invalid("Parameter name must be a fully qualified name.")],
  ["/a".repeat(16), { name: "HierarchyLevelLimitExceededException" }],
])("%s is no name for a parameter", async (name, error) => {
  await expect(put(name, "1")).rejects.toMatchObject(error);
});

test("a value is overwritten only when that is asked for, and its type stays", async () => {
  await put("/over/a", "1", { Description: "first", AllowedPattern: "\\d+" });
  await expect(put("/over/a", "2")).rejects.toMatchObject({
    name: "ParameterAlreadyExists",
    message: "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  });
  expect((await overwrite("/over/a", "2")).Version).toBe(2);
  await expect(overwrite("/over/a", "x")).rejects.toMatchObject({
    name: "ParameterPatternMismatchException",
    message: "Parameter value, cannot be validated against allowedPattern: \\d+",
  });
  await expect(overwrite("/over/a", "3", { Type: "StringList" })).rejects.toMatchObject({
    name: "HierarchyTypeMismatchException",
  });
  await expect(overwrite("/over/a", "3", { Tags: [{ Key: "a", Value: "1" }] })).rejects.toMatchObject({
    name: "ValidationException",
  });
  const { Parameters: [found] = [] } = await ssm.describeParameters({
    ParameterFilters: [{ Key: "Name", Values: ["/over/a"] }],
  });
  expect(found).toEqual({
    Name: "/over/a",
    ARN: "arn:aws:ssm:us-east-1:000000000000:parameter/over/a",
    Type: "String",
    Description: "first",
    AllowedPattern: "\\d+",
    Version: 2,
    Tier: "Standard",
    DataType: "text",
    Policies: [],
    LastModifiedDate: expect.any(Date),
    LastModifiedUser: "arn:aws:iam::000000000000:root",
  });
});

test.each([
  [{ Type: undefined }, invalid("A parameter type is required when you create a parameter.")],
  [{ KeyId: "alias/x" }, invalid("KeyId is required for SecureString type parameter only.")],
  [
    { DataType: "TEXT" },
    invalid("The following data type is not supported: TEXT (Data type names must be all lowercase.)"),
  ],
  [{ AllowedPattern: "(" }, { name: "InvalidAllowedPatternException" }],
  [{ Policies: '[{"Type":"Expiration"}]' }, { name: "NotEmulated" }],
])("a new parameter cannot have %j", async (more, error) => {
  await expect(put("/wrong", "1", more as Partial<PutParameterCommandInput>)).rejects.toMatchObject(error);
});

test("tiers have their lengths, and there is no way back", async () => {
  await expect(put("/tier/a", "x".repeat(4097))).rejects.toMatchObject({ name: "ValidationException" });
  expect((await put("/tier/a", "x".repeat(4097), { Tier: "Intelligent-Tiering" })).Tier).toBe("Advanced");
  await expect(overwrite("/tier/a", "x", { Tier: "Standard" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(overwrite("/tier/a", "x".repeat(8193))).rejects.toMatchObject({ name: "ValidationException" });
});

test("a secure string is ciphertext until it is decrypted, with its key's leave", async () => {
  const kms = new KMS(cloud.clientConfig());
  const { KeyMetadata } = await kms.createKey({});
  const KeyId = KeyMetadata?.KeyId ?? "";
  await ssm.putParameter({ Name: "/secret/own", Value: "hidden", Type: "SecureString", KeyId });
  await ssm.putParameter({ Name: "/secret/aws", Value: "hidden", Type: "SecureString" });
  const value = async (Name: string, WithDecryption: boolean) =>
    (await ssm.getParameter({ Name, WithDecryption })).Parameter?.Value;
  expect(await value("/secret/own", true)).toBe("hidden");
  expect(await value("/secret/aws", true)).toBe("hidden");
  expect(await value("/secret/own", false)).not.toContain("hidden");
  const { Parameters = [] } = await ssm.describeParameters({
    ParameterFilters: [{ Key: "KeyId", Values: [KeyId] }],
  });
  expect(Parameters.map((each) => [each.Name, each.KeyId])).toEqual([["/secret/own", KeyId]]);
  await kms.disableKey({ KeyId });
  await expect(value("/secret/own", true)).rejects.toThrow();
  expect(await value("/secret/own", false)).toBeDefined();
});

test("versions and labels select what is read; history keeps them", async () => {
  await put("/version/a", "one");
  await overwrite("/version/a", "two", { Description: "second" });
  const label = (Labels: string[], ParameterVersion?: number) =>
    ssm.labelParameterVersion({
      Name: "/version/a",
      Labels,
      ...(ParameterVersion === undefined ? {} : { ParameterVersion }),
    });
  expect(await label(["live", "1bad"], 1)).toMatchObject({ ParameterVersion: 1, InvalidLabels: ["1bad"] });
  const read = async (selector: string) => {
    const { Parameter } = await ssm.getParameter({ Name: `/version/a:${selector}` });
    return [Parameter?.Value, Parameter?.Selector];
  };
  expect(await read("1")).toEqual(["one", ":1"]);
  expect(await read("live")).toEqual(["one", ":live"]);
  await label(["live"]);
  expect(await read("live")).toEqual(["two", ":live"]);
  await expect(read("9")).rejects.toMatchObject({
    name: "ParameterVersionNotFound",
    message: "Systems Manager could not find version 9 of /version/a. Verify the version and try again.",
  });
  const { Parameters = [] } = await ssm.getParameterHistory({ Name: "/version/a" });
  expect(Parameters.map(({ Version, Value, Labels }) => [Version, Value, Labels])).toEqual([
    [1, "one", []],
    [2, "two", ["live"]],
  ]);
  const unlabelled = await ssm.unlabelParameterVersion({
    Name: "/version/a",
    ParameterVersion: 2,
    Labels: ["live", "none"],
  });
  expect([unlabelled.RemovedLabels, unlabelled.InvalidLabels]).toEqual([["live"], ["none"]]);
  await expect(label(Array.from({ length: 10 }, (_none, index) => `l${index}`).concat("more"))).rejects.toThrow();
});

test("of a hundred versions the oldest goes, unless it has a label", async () => {
  await put("/many/a", "1");
  for (let index = 2; index <= 101; index += 1) await overwrite("/many/a", String(index));
  await expect(ssm.getParameter({ Name: "/many/a:1" })).rejects.toMatchObject({ name: "ParameterVersionNotFound" });
  await ssm.labelParameterVersion({ Name: "/many/a", ParameterVersion: 2, Labels: ["kept"] });
  await expect(overwrite("/many/a", "102")).rejects.toMatchObject({ name: "ParameterMaxVersionLimitExceeded" });
});

test("parameters are read by path, in depth, by filter and in pages", async () => {
  for (const name of ["/path/a", "/path/b", "/path/deep/c"]) await put(name, name);
  await ssm.putParameter({ Name: "/path/list", Value: "a,b", Type: "StringList" });
  const names = async (more: object) => {
    const { Parameters = [], NextToken } = await ssm.getParametersByPath({ Path: "/path", ...more });
    return { names: Parameters.map((each) => each.Name), NextToken };
  };
  expect((await names({})).names).toEqual(["/path/a", "/path/b", "/path/list"]);
  expect((await names({ Recursive: true })).names).toEqual(["/path/a", "/path/b", "/path/deep/c", "/path/list"]);
  const lists = { ParameterFilters: [{ Key: "Type", Values: ["StringList"] }] };
  expect((await names(lists)).names).toEqual(["/path/list"]);
  const first = await names({ MaxResults: 2 });
  const second = await names({ MaxResults: 2, NextToken: first.NextToken });
  expect([first.names, second.names, second.NextToken]).toEqual([["/path/a", "/path/b"], ["/path/list"], undefined]);
  await expect(names({ Path: "path" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(names({ ParameterFilters: [{ Key: "Name", Values: ["x"] }] })).rejects.toMatchObject({
    name: "InvalidFilterKey",
  });
  await expect(names({ NextToken: "wrong" })).rejects.toMatchObject({ name: "InvalidNextToken" });
});

test("parameters are described by name, path, tag and label", async () => {
  await put("/find/a", "1", { Tags: [{ Key: "team", Value: "blue" }] });
  await put("/find/b", "1");
  await put("/find/deep/c", "1");
  const names = async (Key: string, Values: string[], Option?: string) => {
    const filter = { Key, Values, ...(Option === undefined ? {} : { Option }) };
    const { Parameters = [] } = await ssm.describeParameters({ ParameterFilters: [filter] });
    return Parameters.map((each) => each.Name);
  };
  expect(await names("Name", ["/find"], "BeginsWith")).toEqual(["/find/a", "/find/b", "/find/deep/c"]);
  expect(await names("Name", ["ind/b"], "Contains")).toEqual(["/find/b"]);
  expect(await names("Path", ["/find"])).toEqual(["/find/a", "/find/b"]);
  expect(await names("Path", ["/find"], "Recursive")).toHaveLength(3);
  expect(await names("tag:team", ["blue"])).toEqual(["/find/a"]);
  await expect(ssm.describeParameters({ Shared: true })).rejects.toMatchObject({ name: "NotEmulated" });
  const deleted = await ssm.deleteParameters({ Names: ["/find/a", "/find/b", "/find/none"] });
  expect([deleted.DeletedParameters, deleted.InvalidParameters]).toEqual([["/find/a", "/find/b"], ["/find/none"]]);
});

test("tags are added, listed and removed", async () => {
  const target = { ResourceType: "Parameter", ResourceId: "/tags/a" } as const;
  await put("/tags/a", "1", { Tags: [{ Key: "a", Value: "1" }] });
  await ssm.addTagsToResource({ ...target, Tags: [{ Key: "b", Value: "2" }] });
  await ssm.removeTagsFromResource({ ...target, TagKeys: ["a"] });
  expect((await ssm.listTagsForResource(target)).TagList).toEqual([{ Key: "b", Value: "2" }]);
  await expect(ssm.listTagsForResource({ ...target, ResourceId: "/tags/none" })).rejects.toMatchObject({
    name: "InvalidResourceId",
  });
  await expect(ssm.listTagsForResource({ ResourceType: "Document", ResourceId: "x" })).rejects.toMatchObject({
    name: "NotEmulated",
  });
});

test("AWS's public parameters are there", async () => {
  const image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
  const { Parameter } = await ssm.getParameter({ Name: image });
  expect([Parameter?.Value, Parameter?.DataType]).toEqual([
    expect.stringMatching(/^ami-[0-9a-f]{17}$/),
    "aws:ec2:image",
  ]);
  const regions = "/aws/service/global-infrastructure/regions";
  const { Parameters = [] } = await ssm.getParametersByPath({ Path: regions });
  expect(Parameters[0]).toMatchObject({ Name: `${regions}/us-east-1`, Value: "us-east-1" });
});
