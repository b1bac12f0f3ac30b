// For promotion's tests: a small app as the CDK synthesises it, its suite, and what it takes to change either.

import { createHash } from "node:crypto";

const roleOf = (purpose: string): string =>
  `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-hnb659fds-${purpose}-role-\${AWS::AccountId}-\${AWS::Region}`;
const BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";
const bootstrap = {
  requiresBootstrapStackVersion: 6,
  bootstrapStackVersionSsmParameter: "/cdk-bootstrap/hnb659fds/version",
};

/** It may write its logs, and no more. */
export const FUNCTION_ROLE = {
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    },
    ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
  },
};

export type PromotedApp = {
  readonly code: string;
  /** The table's partition key, which replaces it when it changes. */
  readonly key: string;
  /** CloudFormation's choice when absent. */
  readonly tableName?: string | undefined;
  /** The account and region that the app is bound to; none when absent. */
  readonly bound?: { readonly account: string; readonly region: string };
};

/** A table and a function whose code is an asset. */
export function promotedApp({ code, key, tableName, bound }: PromotedApp): Record<string, string> {
  const handler = `exports.handler = async () => ${code};\n`;
  const asset = hashOf(handler);
  const template = filled(templateWith({ key, tableName }, asset), bound);
  const templateKey = `${hashOf(template)}.json`;
  const destination = (objectKey: string): unknown => ({
    here: { bucketName: BUCKET, objectKey, assumeRoleArn: roleOf("file-publishing") },
  });
  const assets = {
    version: "48.0.0",
    files: {
      [asset]: { source: { path: "asset.greeter", packaging: "zip" }, destinations: destination(`${asset}.zip`) },
      template: {
        source: { path: "Shop.template.json", packaging: "file" },
        destinations: destination(templateKey),
      },
    },
  };
  return {
    "assembly/manifest.json": filled(manifestWith(templateKey, bound), bound),
    "assembly/Shop.assets.json": filled(assets, bound),
    "assembly/Shop.template.json": template,
    "assembly/asset.greeter/index.js": handler,
  };
}

/** What is published once is never published again: keys are of the content, as the CDK's are. */
function hashOf(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** As the CDK writes it: what it knows it says. */
function filled(value: unknown, bound: PromotedApp["bound"]): string {
  const text = JSON.stringify(value);
  if (bound === undefined) return text;
  const { account, region } = bound;
  return text.replaceAll("${AWS::AccountId}", account).replaceAll("${AWS::Region}", region);
}

type Table = Pick<PromotedApp, "key" | "tableName">;

function templateWith({ key, tableName: TableName }: Table, asset: string): unknown {
  return {
    Resources: {
      Orders: {
        Type: "AWS::DynamoDB::Table",
        DeletionPolicy: "Delete",
        UpdateReplacePolicy: "Delete",
        Properties: {
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
          KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
        },
      },
      Role: FUNCTION_ROLE,
      Greeter: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Role: { "Fn::GetAtt": ["Role", "Arn"] },
          Code: { S3Bucket: { "Fn::Sub": BUCKET }, S3Key: `${asset}.zip` },
        },
      },
    },
    Outputs: { Orders: { Value: { Ref: "Orders" } }, Greeter: { Value: { Ref: "Greeter" } } },
  };
}

function manifestWith(templateKey: string, bound: PromotedApp["bound"]): unknown {
  return {
    version: "48.0.0",
    artifacts: {
      "Shop.assets": { type: "cdk:asset-manifest", properties: { file: "Shop.assets.json", ...bootstrap } },
      Shop: {
        type: "aws:cloudformation:stack",
        environment: `aws://${bound?.account ?? "unknown-account"}/${bound?.region ?? "unknown-region"}`,
        dependencies: ["Shop.assets"],
        properties: {
          templateFile: "Shop.template.json",
          assumeRoleArn: roleOf("deploy"),
          cloudFormationExecutionRoleArn: roleOf("cfn-exec"),
          stackTemplateAssetObjectUrl: `s3://${BUCKET}/${templateKey}`,
          ...bootstrap,
        },
      },
    },
  };
}

/** Fails where FAIL names the target. */
export const SUITE = `
import { test, expect } from "hangar/vitest";

test("greets", { tags: ["smoke"] }, async ({ cloud, stack, aws }) => {
  expect(cloud.target).not.toBe(process.env.FAIL);
  const { Payload } = await aws.lambda.invoke({ FunctionName: stack.outputs.Greeter });
  expect(Payload?.transformToString()).toMatch(/"(hello|good day)"/);
});
test("takes an order", async ({ stack, aws }) => {
  const { Table } = await aws.dynamodb.describeTable({ TableName: stack.outputs.Orders });
  expect(Table?.TableStatus).toBe("ACTIVE");
});
test("waits", async ({ cloud }) => {
  await cloud.clock.advance("1 minute");
});
`;
