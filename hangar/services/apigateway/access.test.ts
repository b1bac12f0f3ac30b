// Who may manage APIs: verbs on paths, roles passed, tags, with users of their own.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let root: APIGateway;
let restApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigateway-access" });
  root = new APIGateway(cloud.clientConfig());
  restApiId = (await root.createRestApi({ name: "private" })).id ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function user(UserName: string, ...statements: object[]): Promise<APIGateway> {
  const iam = new IAM(cloud.clientConfig());
  await iam.createUser({ UserName });
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  if (statements.length > 0) await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  return new APIGateway({
    ...cloud.clientConfig(),
    maxAttempts: 1,
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
}

const arn = (path: string) => `arn:aws:apigateway:us-east-1::${path}`;
const denied = (name: string, action: string, resource: string) => ({
  name: "AccessDeniedException",
  $metadata: expect.objectContaining({ httpStatusCode: 403 }),
  message: `User: arn:aws:iam::000000000000:user/${name} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});

test("the verb of a request is needed on its path", async () => {
  const reader = await user("reader", { Action: "apigateway:GET", Resource: arn("/restapis/*") });
  expect((await reader.getRestApi({ restApiId })).name).toBe("private");
  await expect(reader.getRestApis({})).rejects.toMatchObject(denied("reader", "apigateway:GET", arn("/restapis")));
  await expect(reader.deleteRestApi({ restApiId })).rejects.toMatchObject(
    denied("reader", "apigateway:DELETE", arn(`/restapis/${restApiId}`)),
  );
  await expect(reader.updateStage({ restApiId, stageName: "dev", patchOperations: [] })).rejects.toMatchObject(
    denied("reader", "apigateway:PATCH", arn(`/restapis/${restApiId}/stages/dev`)),
  );
});

test("tags are read and written on the path of the tagged ARN", async () => {
  const tagger = await user("tagger", { Action: "apigateway:PUT", Resource: arn("/tags/*") });
  const resourceArn = arn(`/restapis/${restApiId}`);
  await tagger.tagResource({ resourceArn, tags: { a: "1" } });
  await expect(tagger.getTags({ resourceArn })).rejects.toMatchObject(
    denied("tagger", "apigateway:GET", arn(`/tags/${encodeURIComponent(resourceArn)}`)),
  );
});

const when = (Condition: object, Action = "apigateway:*") => ({ Action, Resource: "*", Condition });

test("what a request asks for is a condition", async () => {
  const regional = await user(
    "regional",
    when({
      "ForAllValues:StringEquals": { "apigateway:Request/EndpointType": "REGIONAL" },
      StringLike: { "apigateway:Request/ApiName": "team-*" },
    }),
  );
  const endpointConfiguration = { types: ["REGIONAL" as const] };
  expect((await regional.createRestApi({ name: "team-a", endpointConfiguration })).name).toBe("team-a");
  await expect(regional.createRestApi({ name: "other", endpointConfiguration })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  const edge = { name: "team-a", endpointConfiguration: { types: ["EDGE" as const] } };
  await expect(regional.createRestApi(edge)).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("methods without authorization, and logs to elsewhere, may be forbidden", async () => {
  const { rootResourceId: resourceId = "" } = await root.getRestApi({ restApiId });
  const method = { restApiId, resourceId, httpMethod: "DELETE" };
  const closed = await user(
    "closed",
    when({ StringNotEquals: { "apigateway:Request/RouteAuthorizationType": "NONE" } }),
    { ...when({ StringEquals: { "apigateway:Request/RouteAuthorizationType": "NONE" } }), Effect: "Deny" },
  );
  await expect(closed.putMethod({ ...method, authorizationType: "NONE" })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  expect((await closed.putMethod({ ...method, authorizationType: "AWS_IAM" })).authorizationType).toBe("AWS_IAM");
  const patchOperations = [{ op: "replace" as const, path: "/authorizationType", value: "NONE" }];
  await expect(closed.updateMethod({ ...method, patchOperations })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  const iam = await user(
    "iam-only",
    when({ StringEquals: { "apigateway:Resource/RouteAuthorizationType": "AWS_IAM" } }),
  );
  expect((await iam.getMethod(method)).httpMethod).toBe("DELETE");
});

test("tags of a request and of what it is for are conditions", async () => {
  const tagged = await user(
    "tagged",
    when(
      { StringEquals: { "aws:RequestTag/team": "a" }, "ForAllValues:StringEquals": { "aws:TagKeys": "team" } },
      "apigateway:POST",
    ),
    when({ StringEquals: { "aws:ResourceTag/team": "a" } }, "apigateway:GET"),
  );
  const { id = "" } = await tagged.createRestApi({ name: "mine", tags: { team: "a" } });
  await expect(tagged.createRestApi({ name: "mine", tags: { team: "b" } })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  await expect(tagged.createRestApi({ name: "mine", tags: { team: "a", more: "c" } })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  expect((await tagged.getRestApi({ restApiId: id })).name).toBe("mine");
  expect((await tagged.getTags({ resourceArn: arn(`/restapis/${id}`) })).tags).toEqual({ team: "a" });
  await expect(tagged.getRestApi({ restApiId: "none" })).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("a role is handed to API Gateway only with iam:PassRole on it", async () => {
  const role = "arn:aws:iam::000000000000:role/integration";
  const { rootResourceId: resourceId = "" } = await root.getRestApi({ restApiId });
  const method = { restApiId, resourceId, httpMethod: "GET" };
  await root.putMethod({ ...method, authorizationType: "NONE" });
  const all = { Action: "apigateway:*", Resource: "*" };
  const builder = await user("builder", all);
  const passer = await user("passer", all, {
    Action: "iam:PassRole",
    Resource: role,
    Condition: { StringEquals: { "iam:PassedToService": "apigateway.amazonaws.com" } },
  });
  const uri = "arn:aws:apigateway:us-east-1:sqs:path/000000000000/queue";
  const put = (client: APIGateway, credentials: string) =>
    client.putIntegration({ ...method, type: "AWS", integrationHttpMethod: "POST", uri, credentials });
  await expect(put(builder, role)).rejects.toMatchObject(denied("builder", "iam:PassRole", role));
  expect((await put(passer, role)).credentials).toBe(role);
  expect((await put(builder, "arn:aws:iam::*:user/*")).credentials).toBe("arn:aws:iam::*:user/*");
  const patchOperations = [{ op: "replace" as const, path: "/cloudwatchRoleArn", value: role }];
  await expect(builder.updateAccount({ patchOperations })).rejects.toMatchObject(
    denied("builder", "iam:PassRole", role),
  );
  expect((await passer.updateAccount({ patchOperations })).cloudwatchRoleArn).toBe(role);
});
