// Exports and imports between stacks, and stacks inside stacks.

import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import {
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListExportsCommand,
  ListImportsCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  outputsOf,
  parameter,
  refusal,
  remove,
  settled,
  startStackCloud,
  story,
  update,
  type StackCloud,
} from "../workers/test-cloud.ts";

let at: StackCloud;
let s3: S3Client;
let ssm: SSMClient;

beforeAll(async () => {
  at = await startStackCloud();
  s3 = new S3Client(at.cloud.clientConfig());
  ssm = new SSMClient(at.cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function valueOf(name: string): Promise<string | undefined> {
  return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
}

describe("an export", () => {
  const exporting = (value: string, name = "shared"): object => ({
    Resources: { P: parameter(`/exporter/${name}`, value) },
    Outputs: { Out: { Value: value, Export: { Name: { "Fn::Sub": `\${AWS::Region}-${name}` } } } },
  });
  const importing = {
    Resources: { P: parameter("/importer", { "Fn::ImportValue": { "Fn::Sub": "${AWS::Region}-shared" } }) },
  };

  test("is used by another stack, and listed with who uses it", async () => {
    const { StackId } = await create(at, "exporter", exporting("one"));
    await create(at, "importer", importing);
    expect(await valueOf("/importer")).toBe("one");
    expect((await at.cfn.send(new ListExportsCommand())).Exports).toEqual([
      { ExportingStackId: StackId, Name: "us-east-1-shared", Value: "one" },
    ]);
    expect((await at.cfn.send(new ListImportsCommand({ ExportName: "us-east-1-shared" }))).Imports).toEqual([
      "importer",
    ]);
  });

  test("belongs to one stack", async () => {
    const other = { ...exporting("x"), Resources: { P: parameter("/other") } };
    expect((await create(at, "other", other)).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await story(at, "other")).join("\n")).toContain(
      "Export with name us-east-1-shared is already exported by stack exporter. Rollback requested by user.",
    );
  });

  test("in use neither changes nor goes", async () => {
    expect((await update(at, "exporter", exporting("two"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect((await story(at, "exporter")).join("\n")).toContain(
      "Export us-east-1-shared cannot be updated as it is in use by importer",
    );
    expect((await remove(at, "exporter")).StackStatusReason).toBe(
      "Delete canceled. Cannot delete export us-east-1-shared as it is in use by importer.",
    );
    expect(await valueOf("/exporter/shared")).toBe("one");
    await remove(at, "importer");
    expect((await remove(at, "exporter")).StackStatus).toBe("DELETE_COMPLETE");
    expect(await refusal(at.cfn.send(new ListImportsCommand({ ExportName: "us-east-1-shared" })))).toBe(
      "ValidationError 400 Export 'us-east-1-shared' is not imported by any stack.",
    );
    expect((await create(at, "late", importing)).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await story(at, "late")).join("\n")).toContain("No export named us-east-1-shared found");
  });
});

describe("a nested stack", () => {
  const child = {
    Parameters: { Name: { Type: "String" }, List: { Type: "CommaDelimitedList" } },
    Resources: { P: parameter({ Ref: "Name" } as never, { "Fn::Select": [1, { Ref: "List" }] }) },
    Outputs: { Given: { Value: { "Fn::GetAtt": ["P", "Value"] } } },
  };
  const parent = (key: string, list: string): object => ({
    Resources: {
      Child: {
        Type: "AWS::CloudFormation::Stack",
        Properties: {
          TemplateURL: { "Fn::Sub": `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/templates/${key}` },
          Parameters: { Name: "/nested", List: list },
          Tags: [{ Key: "inner", Value: "yes" }],
        },
      },
      After: parameter("/after", { "Fn::GetAtt": ["Child", "Outputs.Given"] }),
    },
  });

  async function childId(): Promise<string> {
    const { StackResources } = await at.cfn.send(
      new DescribeStackResourcesCommand({ StackName: "parent", LogicalResourceId: "Child" }),
    );
    return StackResources?.[0]?.PhysicalResourceId ?? "";
  }

  beforeAll(async () => {
    await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "child.json", Body: JSON.stringify(child) }));
    const bad = { ...child, Resources: { ...child.Resources, Bad: { ...parameter("/nested-taken"), DependsOn: "P" } } };
    await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "bad.json", Body: JSON.stringify(bad) }));
    await ssm.send(new PutParameterCommand({ Name: "/nested-taken", Value: "x", Type: "String" }));
  });

  test("is made with its parameters and the tags of both, and gives its outputs", async () => {
    const stack = await create(at, "parent", parent("child.json", "a,b"), { Tags: [{ Key: "outer", Value: "yes" }] });
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    expect(await valueOf("/after")).toBe("b");
    const inner = await settled(at, await childId());
    expect(inner).toMatchObject({
      StackName: expect.stringMatching(/^parent-Child-[A-Z0-9a-z]{12}$/) as string,
      ParentId: stack.StackId,
      RootId: stack.StackId,
      Tags: [
        { Key: "outer", Value: "yes" },
        { Key: "inner", Value: "yes" },
      ],
    });
    expect(outputsOf(inner)).toEqual({ Given: "b" });
    const protecting = { StackName: inner.StackName, EnableTerminationProtection: true };
    expect(await refusal(at.cfn.send(new UpdateTerminationProtectionCommand(protecting)))).toContain("nested stack");
  });

  test("is updated with its parent, and not touched when nothing of it changes", async () => {
    await update(at, "parent", parent("child.json", "a,c"));
    expect([await valueOf("/nested"), await valueOf("/after")]).toEqual(["c", "c"]);
    const id = await childId();
    const seen = (await story(at, id)).length;
    await update(at, "parent", parent("child.json", "a,c"), {
      Tags: [
        { Key: "outer", Value: "yes" },
        { Key: "more", Value: "x" },
      ],
    });
    expect((await story(at, id)).slice(seen).at(-1)).toMatch(/UPDATE_COMPLETE$/);
  });

  test("that fails takes its parent back", async () => {
    const stack = await update(at, "parent", parent("bad.json", "a,d"));
    expect(stack.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect([await valueOf("/nested"), await valueOf("/after")]).toEqual(["c", "c"]);
    expect((await story(at, "parent")).find((event) => event.startsWith("Child UPDATE_FAILED"))).toMatch(
      /^Child UPDATE_FAILED Embedded stack arn:.* was not successfully updated\. Currently in UPDATE_ROLLBACK_(COMPLETE|IN_PROGRESS) with reason: The following resource\(s\) failed to create: \[Bad\]\. /,
    );
  });

  test("is deleted with its parent", async () => {
    const id = await childId();
    await remove(at, "parent");
    expect((await settled(at, id)).StackStatus).toBe("DELETE_COMPLETE");
    expect(await refusal(at.cfn.send(new DescribeStacksCommand({ StackName: "parent" })))).toContain("does not exist");
    await at.cfn.send(new DeleteStackCommand({ StackName: id }));
  });
});
