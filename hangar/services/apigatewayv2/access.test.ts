// Who may manage HTTP and WebSocket APIs: what requests ask for, what things have and their tags as conditions.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let root: ApiGatewayV2;
let ApiId: string;

const refused = { name: "AccessDeniedException", $metadata: { httpStatusCode: 403 } };

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2-access" });
  root = new ApiGatewayV2(cloud.clientConfig());
  ApiId = (await root.createApi({ Name: "shop", ProtocolType: "HTTP" })).ApiId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function user(UserName: string, ...statements: object[]): Promise<ApiGatewayV2> {
  const iam = new IAM(cloud.clientConfig());
  await iam.createUser({ UserName });
  const Statement = statements.map((each) => ({ Effect: "Allow", Action: "apigateway:*", Resource: "*", ...each }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1, credentials });
}

const deny = (Condition: object): object => ({ Effect: "Deny", Condition });

test("routes without authorization may be forbidden, to make and to touch", async () => {
  const { RouteId } = await root.createRoute({ ApiId, RouteKey: "GET /open" });
  const open = { StringEquals: { "apigateway:Request/RouteAuthorizationType": "NONE" } };
  const present = { StringEquals: { "apigateway:Resource/RouteAuthorizationType": "NONE" } };
  const closed = await user("closed", {}, deny(open), { ...deny(present), Action: "apigateway:DELETE" });
  const route = { ApiId, RouteKey: "GET /own" };
  await expect(closed.createRoute({ ...route, AuthorizationType: "NONE" })).rejects.toMatchObject(refused);
  const made = await closed.createRoute({ ...route, AuthorizationType: "AWS_IAM" });
  await expect(closed.deleteRoute({ ApiId, RouteId })).rejects.toMatchObject(refused);
  await closed.deleteRoute({ ApiId, RouteId: made.RouteId });
});

test("names of APIs, addresses of authorizers and logs to elsewhere are conditions", async () => {
  const team = await user("team", {
    Condition: {
      StringLikeIfExists: {
        "apigateway:Request/ApiName": "team-*",
        "apigateway:Request/AuthorizerUri": "*:function:team-*",
        "apigateway:Request/AccessLoggingDestination": "*:log-group:team-*",
      },
    },
  });
  await expect(team.createApi({ Name: "other", ProtocolType: "HTTP" })).rejects.toMatchObject(refused);
  const { ApiId: own } = await team.createApi({ Name: "team-a", ProtocolType: "HTTP" });
  const AuthorizerUri = "arn:aws:lambda:us-east-1:000000000000:function:other";
  const authorizer = {
    ApiId: own,
    Name: "who",
    AuthorizerType: "REQUEST" as const,
    AuthorizerUri,
    IdentitySource: ["$request.header.authorization"],
  };
  await expect(team.createAuthorizer(authorizer)).rejects.toMatchObject(refused);
  const DestinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:other";
  const AccessLogSettings = { DestinationArn, Format: "$context.requestId" };
  await expect(team.createStage({ ApiId: own, StageName: "s", AccessLogSettings })).rejects.toMatchObject(refused);
  await team.createStage({ ApiId: own, StageName: "s" });
});

test("tags of a request and of what it is for are conditions", async () => {
  const tagged = await user(
    "tagged",
    {
      Action: "apigateway:POST",
      Condition: {
        StringEquals: { "aws:RequestTag/team": "a" },
        "ForAllValues:StringEquals": { "aws:TagKeys": "team" },
      },
    },
    { Action: "apigateway:GET", Condition: { StringEquals: { "aws:ResourceTag/team": "a" } } },
  );
  const api = { Name: "mine", ProtocolType: "HTTP" as const };
  const { ApiId: own = "" } = await tagged.createApi({ ...api, Tags: { team: "a" } });
  await expect(tagged.createApi({ ...api, Tags: { team: "b" } })).rejects.toMatchObject(refused);
  await expect(tagged.createApi({ ...api, Tags: { team: "a", more: "c" } })).rejects.toMatchObject(refused);
  expect((await tagged.getApi({ ApiId: own })).Name).toBe("mine");
  const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${own}`;
  expect((await tagged.getTags({ ResourceArn })).Tags).toEqual({ team: "a" });
  await expect(tagged.getApi({ ApiId })).rejects.toMatchObject(refused);
});
