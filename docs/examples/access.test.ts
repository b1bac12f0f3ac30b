// IAM decides here as it does on AWS.
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: denied
test("a handler without its permission fails here, and the trace names what is missing", async ({
  stack,
  aws,
  cloud,
}) => {
  const RoleName = stack.outputs.KeepOrderRole;
  const { PolicyNames = [] } = await aws.iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await aws.iam.deleteRolePolicy({ RoleName, PolicyName });
  await place(cloud, "7");
  await cloud.clock.advance("1 minute");
  await expect(cloud.trace).toHaveDenied("dynamodb:PutItem", {
    role: RoleName,
    resource: `*:table/${stack.outputs.Orders}`,
  });
});

// docs: needs
test("a stranger's keys open nothing", async ({ stack, aws, cloud }) => {
  cloud.needs("iam");
  const { User } = await aws.iam.createUser({ UserName: "stranger" });
  const { AccessKey } = await aws.iam.createAccessKey({ UserName: User?.UserName });
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const stranger = new DynamoDB({ ...cloud.clientConfig(), credentials });
  await expect(stranger.scan({ TableName: stack.outputs.Orders })).rejects.toThrow(
    "stranger is not authorized to perform: dynamodb:Scan",
  );
});
