// What functions, parameters, conditions and dynamic references give in a stack: each case is an output.

import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { ListQueueTagsCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CreateStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  outputsOf,
  parameter,
  parametersOf,
  queue,
  refusal,
  startStackCloud,
  story,
  update,
  type StackCloud,
} from "../workers/test-cloud.ts";

let at: StackCloud;
let ssm: SSMClient;

beforeAll(async () => {
  at = await startStackCloud();
  ssm = new SSMClient(at.cloud.clientConfig());
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const base = {
  Parameters: {
    Text: { Type: "String", Default: "a,b,c" },
    List: { Type: "CommaDelimitedList", Default: "x, y,z" },
    Count: { Type: "Number", Default: 3 },
    Env: { Type: "String", Default: "prod" },
  },
  Mappings: { Sizes: { prod: { size: "big", zones: ["p", "q"] }, dev: { size: "small" } } },
  Conditions: {
    IsProd: { "Fn::Equals": [{ Ref: "Env" }, "prod"] },
    NotProd: { "Fn::Not": [{ Condition: "IsProd" }] },
    Both: { "Fn::And": [{ Condition: "IsProd" }, { Condition: "NotProd" }] },
    Either: { "Fn::Or": [{ Condition: "IsProd" }, { Condition: "NotProd" }] },
    Nested: { "Fn::Equals": [{ "Fn::If": ["Either", "yes", "no"] }, "yes"] },
  },
  Resources: {
    Q: queue("evaluated"),
    Skipped: { ...queue("skipped"), Condition: "NotProd" },
    After: { ...queue("after"), DependsOn: ["Q"] },
  },
};

const cases: Record<string, [unknown, string | undefined]> = {
  Ref: [{ Ref: "Text" }, "a,b,c"],
  RefList: [{ "Fn::Join": ["-", { Ref: "List" }] }, "x-y-z"],
  RefNumber: [{ Ref: "Count" }, "3"],
  Account: [{ Ref: "AWS::AccountId" }, "000000000000"],
  Region: [{ Ref: "AWS::Region" }, "us-east-1"],
  Partition: [{ Ref: "AWS::Partition" }, "aws"],
  StackName: [{ Ref: "AWS::StackName" }, "functions"],
  GetAtt: [{ "Fn::GetAtt": ["Q", "Arn"] }, "arn:aws:sqs:us-east-1:000000000000:evaluated"],
  GetAttText: [{ "Fn::GetAtt": "Q.QueueName" }, "evaluated"],
  Join: [{ "Fn::Join": ["", ["a", { Ref: "Env" }, 1]] }, "aprod1"],
  JoinWithout: [{ "Fn::Join": [",", ["a", { Ref: "AWS::NoValue" }, "b"]] }, "a,b"],
  Sub: [
    { "Fn::Sub": "${Env}-${AWS::Region}-${Q.Arn}-${!Literal}" },
    "prod-us-east-1-arn:aws:sqs:us-east-1:000000000000:evaluated-${Literal}",
  ],
  SubMap: [{ "Fn::Sub": ["${A}/${Env}", { A: { "Fn::Select": [0, { Ref: "List" }] } }] }, "x/prod"],
  Select: [{ "Fn::Select": ["1", { "Fn::Split": [",", { Ref: "Text" }] }] }, "b"],
  FindInMap: [{ "Fn::FindInMap": ["Sizes", { Ref: "Env" }, "size"] }, "big"],
  FindList: [{ "Fn::Select": [1, { "Fn::FindInMap": ["Sizes", "prod", "zones"] }] }, "q"],
  If: [{ "Fn::If": ["IsProd", "yes", "no"] }, "yes"],
  IfNested: [{ "Fn::If": ["Nested", { "Fn::If": ["Both", 1, 2] }, 3] }, "2"],
  Base64: [{ "Fn::Base64": "hello" }, "aGVsbG8="],
  Cidr: [{ "Fn::Join": [",", { "Fn::Cidr": ["10.0.0.0/16", 3, 8] }] }, "10.0.0.0/24,10.0.1.0/24,10.0.2.0/24"],
  CidrSix: [{ "Fn::Select": [1, { "Fn::Cidr": ["2001:db8::/56", 2, 64] }] }, "2001:db8:0:1::/64"],
  Zones: [{ "Fn::Join": [",", { "Fn::GetAZs": "" }] }, "us-east-1a,us-east-1b,us-east-1c"],
};

describe("functions", () => {
  let outputs: Record<string, string>;

  beforeAll(async () => {
    const Outputs = Object.fromEntries(Object.entries(cases).map(([name, [Value]]) => [name, { Value }]));
    const conditional = { Hidden: { Value: "x", Condition: "NotProd" }, Shown: { Value: "x", Condition: "Either" } };
    const stack = await create(at, "functions", { ...base, Outputs: { ...Outputs, ...conditional } });
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    outputs = outputsOf(stack);
  });

  test.each(Object.entries(cases))("%s gives %j", (name, [, expected]) => {
    expect(outputs[name]).toBe(expected);
  });

  test("what has a condition that is not met is not there", async () => {
    expect([outputs["Shown"], outputs["Hidden"]]).toEqual(["x", undefined]);
    expect((await story(at, "functions")).filter((event) => event.startsWith("Skipped"))).toEqual([]);
  });

  test("a resource comes and goes with its condition", async () => {
    const stack = await update(at, "functions", undefined, { Parameters: parametersOf({ Env: "dev" }) });
    expect(outputsOf(stack)).toMatchObject({ Hidden: "x", FindInMap: "small", If: "no" } satisfies Record<
      string,
      string
    >);
  });
});

describe("parameters", () => {
  const asking = (facts: object): object => ({
    Parameters: { P: facts },
    Resources: { S: parameter("/asked", { Ref: "P" }) },
  });

  test.each<[object, string | undefined, string]>([
    [{ Type: "String" }, undefined, "Parameters: [P] must have values"],
    [{ Type: "Number" }, "x", "Parameter 'P' must be a number."],
    [{ Type: "String", AllowedValues: ["a"] }, "b", "Parameter 'P' must be one of AllowedValues"],
    [{ Type: "String", AllowedPattern: "[a-z]+" }, "B", "Parameter 'P' must match pattern [a-z]+"],
    [
      { Type: "String", AllowedPattern: "[a-z]+", ConstraintDescription: "lower only" },
      "B",
      "Parameter P failed to satisfy constraint: lower only",
    ],
    [{ Type: "String", MinLength: 2 }, "b", "Parameter 'P' must contain at least 2 characters"],
    [{ Type: "Number", MaxValue: 2 }, "3", "Parameter 'P' must be a number not greater than 2"],
    [
      { Type: "AWS::SSM::Parameter::Value<String>" },
      "/nowhere",
      "Unable to fetch parameters [/nowhere] from parameter store for this account.",
    ],
  ])("%j with %j is refused", async (facts, value, message) => {
    const Parameters = value === undefined ? [] : parametersOf({ P: value });
    const input = { StackName: "asked", TemplateBody: JSON.stringify(asking(facts)), Parameters };
    expect(await refusal(at.cfn.send(new CreateStackCommand(input)))).toBe(`ValidationError 400 ${message}`);
  });

  test("one that the template lacks is refused", async () => {
    const input = {
      StackName: "asked",
      TemplateBody: JSON.stringify({ Resources: { Q: queue("q") } }),
      Parameters: parametersOf({ No: "x" }),
    };
    expect(await refusal(at.cfn.send(new CreateStackCommand(input)))).toContain(
      "Parameters: [No] do not exist in the template",
    );
  });

  test("one that is not echoed is not shown, nor in the trace", async () => {
    const stack = await create(at, "secretive", asking({ Type: "String", NoEcho: true }), {
      Parameters: parametersOf({ P: "s3cret-and-hidden" }),
    });
    expect(stack.Parameters).toEqual([{ ParameterKey: "P", ParameterValue: "****" }]);
    expect((await ssm.send(new GetParameterCommand({ Name: "/asked" }))).Parameter?.Value).toBe("s3cret-and-hidden");
    expect(JSON.stringify(at.cloud.trace.spans())).not.toContain("s3cret-and-hidden");
  });

  test("an SSM type gives what its name leads to, as it is at each update", async () => {
    await ssm.send(new PutParameterCommand({ Name: "/source", Value: "one", Type: "String" }));
    const template = {
      Parameters: {
        P: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/source" },
        Image: {
          Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
          Default: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64",
        },
      },
      Resources: { S: parameter("/target", { Ref: "P" }) },
      Outputs: { Image: { Value: { Ref: "Image" } } },
    };
    const stack = await create(at, "looks-up", template);
    expect(stack.Parameters?.[0]).toEqual({ ParameterKey: "P", ParameterValue: "/source", ResolvedValue: "one" });
    expect(outputsOf(stack)["Image"]).toMatch(/^ami-[0-9a-f]+$/);
    await ssm.send(new PutParameterCommand({ Name: "/source", Value: "two", Type: "String", Overwrite: true }));
    expect((await update(at, "looks-up", undefined)).Parameters?.[0]?.ResolvedValue).toBe("two");
    expect((await ssm.send(new GetParameterCommand({ Name: "/target" }))).Parameter?.Value).toBe("two");
  });

  test("rules refuse what their assertions do not allow", async () => {
    const Rules = {
      R: {
        Assertions: [
          { Assert: { "Fn::Not": [{ "Fn::Contains": [["1", "2"], { Ref: "P" }] }] }, AssertDescription: "too old" },
        ],
      },
    };
    const TemplateBody = JSON.stringify({ ...asking({ Type: "String" }), Rules });
    const input = { StackName: "ruled", TemplateBody, Parameters: parametersOf({ P: "2" }) };
    expect(await refusal(at.cfn.send(new CreateStackCommand(input)))).toContain("too old");
  });
});

describe("dynamic references", () => {
  beforeAll(async () => {
    const secrets = new SecretsManagerClient(at.cloud.clientConfig());
    await secrets.send(
      new CreateSecretCommand({ Name: "db", SecretString: JSON.stringify({ user: "me", word: "open" }) }),
    );
    await ssm.send(new PutParameterCommand({ Name: "/plain", Value: "v1", Type: "String" }));
    await ssm.send(new PutParameterCommand({ Name: "/plain", Value: "v2", Type: "String", Overwrite: true }));
    await ssm.send(new PutParameterCommand({ Name: "/secure", Value: "hush", Type: "SecureString" }));
  });

  test.each([
    ["{{resolve:ssm:/plain}}", "v2"],
    ["{{resolve:ssm:/plain:1}}", "v1"],
    ["{{resolve:secretsmanager:db:SecretString:user}}", "me"],
    ["{{resolve:secretsmanager:db:SecretString:word::}}/{{resolve:ssm:/plain}}", "open/v2"],
    [{ "Fn::Join": ["", ["{{resolve:secretsmanager:", { Ref: "Id" }, ":SecretString:user::}}"]] }, "me"],
  ])("%j is filled in where it is used", async (value, expected) => {
    const name = `dynamic-${String(expected).replaceAll(/[^a-z0-9]/g, "")}-${JSON.stringify(value).length}`;
    const template = {
      Parameters: { Id: { Type: "String", Default: "db" } },
      Resources: { S: parameter(`/${name}`, value) },
    };
    expect((await create(at, name, template)).StackStatus).toBe("CREATE_COMPLETE");
    expect((await ssm.send(new GetParameterCommand({ Name: `/${name}` }))).Parameter?.Value).toBe(expected);
  });

  test.each([
    ["{{resolve:ssm:/missing}}", "Unable to fetch parameters [/missing] from parameter store for this account."],
    ["{{resolve:ssm:/secure}}", "SSM Secure reference is not supported in"],
    [
      "{{resolve:secretsmanager:db:SecretString:none}}",
      "Could not find a value associated with JSONKey in SecretString",
    ],
    ["{{resolve:secretsmanager:none}}", "Secrets Manager can't find the specified secret"],
  ])("%s fails its resource", async (value, reason) => {
    const name = `failing-${value.length}`;
    expect((await create(at, name, { Resources: { S: parameter(`/${name}`, value) } })).StackStatus).toBe(
      "ROLLBACK_COMPLETE",
    );
    expect((await story(at, name)).find((event) => event.startsWith("S CREATE_FAILED"))).toContain(reason);
  });
});

describe("the language extensions", () => {
  test("loops, lengths, JSON texts and defaults of mappings", async () => {
    const template = {
      Transform: "AWS::LanguageExtensions",
      Mappings: { M: { a: { b: "c" } } },
      Parameters: { Names: { Type: "CommaDelimitedList", Default: "one,two" } },
      Resources: {
        "Fn::ForEach::Queues": [
          "Name",
          { Ref: "Names" },
          { "Queue${Name}": { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Sub": "each-${Name}" } } } },
        ],
      },
      Outputs: {
        Length: { Value: { "Fn::Length": { Ref: "Names" } } },
        Json: { Value: { "Fn::ToJsonString": { a: [1, { Ref: "AWS::Region" }] } } },
        Default: { Value: { "Fn::FindInMap": ["M", "z", "b", { DefaultValue: "none" }] } },
      },
    };
    const stack = await create(at, "extended", template);
    expect(outputsOf(stack)).toEqual({ Length: "2", Json: '{"a":[1,"us-east-1"]}', Default: "none" });
    expect(
      (await story(at, "extended"))
        .filter((event) => event.endsWith("CREATE_COMPLETE"))
        .toSorted((left, right) => left.localeCompare(right)),
    ).toEqual(["extended CREATE_COMPLETE", "Queueone CREATE_COMPLETE", "Queuetwo CREATE_COMPLETE"]);
  });
});

test("an attribute that a type does not have fails the stack", async () => {
  const stack = await create(at, "invalid-attribute", {
    Resources: { Q: queue("attr") },
    Outputs: { Out: { Value: { "Fn::GetAtt": ["Q", "Invalid"] } } },
  });
  expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
  expect((await story(at, "invalid-attribute")).join("\n")).toContain(
    "[Error] /Outputs/Out/Value/Fn::GetAtt: Resource type AWS::SQS::Queue does not support attribute {Invalid}. Rollback requested by user.",
  );
});

test("stack tags reach resources, and AWS's own come with them", async () => {
  await create(
    at,
    "tagged",
    { Resources: { Q: queue("tagged", { Tags: [{ Key: "own", Value: "1" }] }) } },
    { Tags: [{ Key: "stack", Value: "2" }] },
  );
  const { Stacks } = await at.cfn.send(new DescribeStacksCommand({ StackName: "tagged" }));
  const sqs = new SQSClient(at.cloud.clientConfig());
  const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: `${at.cloud.endpoint}/000000000000/tagged` }));
  expect(Tags).toMatchObject({ own: "1", stack: "2" });
  expect(Stacks?.[0]?.Tags).toEqual([{ Key: "stack", Value: "2" }]);
});
