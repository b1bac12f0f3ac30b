// Policies that let everybody in, one fault a template, and the same without it.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { publicBucket, wildcardPrincipal } from "./public-access.ts";

type Statement = Readonly<Record<string, unknown>>;
const OPEN_BLOCK = {
  BlockPublicAcls: true,
  BlockPublicPolicy: false,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: false,
};
const BLOCK_ALL = { ...OPEN_BLOCK, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const website = { WebsiteConfiguration: { IndexDocument: "index.html" } };
const open = { PublicAccessBlockConfiguration: OPEN_BLOCK };
const read = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const write = { ...read, Principal: { AWS: ["*"] }, Action: ["s3:GetObject", "s3:PutObject"] };
const secure = { Bool: { "aws:SecureTransport": "true" } };

const bucketWith = (properties: object, ...Statement: Statement[]): ReturnType<typeof stackWith> =>
  stackWith({
    Files: { Type: "AWS::S3::Bucket", Properties: properties },
    ...(Statement.length > 0 && {
      Policy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: { Bucket: { Ref: "Files" }, PolicyDocument: { Statement } },
      },
    }),
  });

test.each([
  ["public reads of a website", bucketWith({ ...website, ...open }, read), ["note Policy"]],
  ["public reads of no website", bucketWith(open, read), ["error Policy"]],
  ["public writes, even of a website", bucketWith({ ...website, ...open }, write), ["error Policy"]],
  [
    "everybody but one",
    bucketWith(open, { ...read, Principal: undefined, NotPrincipal: { AWS: "arn" } }),
    ["error Policy"],
  ],
  ["everybody who comes over TLS", bucketWith(open, { ...read, Condition: secure }), ["error Policy"]],
  ["everybody, blocked by what AWS sets on new buckets", bucketWith({}, read), ["error Policy"]],
  ["nothing public, and nothing blocked", bucketWith(open), ["warning Files"]],
  ["an ACL", bucketWith({ AccessControl: "PublicRead", PublicAccessBlockConfiguration: {} }), ["error Files"]],
  [
    "an ACL that is ignored",
    bucketWith({ AccessControl: "PublicRead", PublicAccessBlockConfiguration: BLOCK_ALL }),
    [],
  ],
  [
    "everybody of an organisation",
    bucketWith({ ...open, ...website }, { ...read, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
    ["warning Files"],
  ],
  [
    "a denial of everybody who comes without TLS",
    bucketWith({ PublicAccessBlockConfiguration: BLOCK_ALL }, { ...read, Effect: "Deny" }),
    [],
  ],
  [
    "a role",
    bucketWith(
      { PublicAccessBlockConfiguration: BLOCK_ALL },
      { ...read, Principal: { AWS: { Ref: "AWS::AccountId" } } },
    ),
    [],
  ],
  ["nothing", bucketWith({}), []],
])("a bucket with %s", (_, stack, expected) => {
  expect(found(publicBucket, stack).map(({ level, logicalId }) => `${level} ${logicalId}`)).toEqual(expected);
});

const policy = (Type: string, property: string, statement: Statement): object => ({
  It: {
    Type,
    Properties: { [property]: { Statement: [{ Effect: "Allow", Action: "x:*", Resource: "*", ...statement }] } },
  },
});

test.each([
  ["AWS::SQS::QueuePolicy", "PolicyDocument"],
  ["AWS::SNS::TopicPolicy", "PolicyDocument"],
  ["AWS::KMS::Key", "KeyPolicy"],
  ["AWS::SecretsManager::ResourcePolicy", "ResourcePolicy"],
  ["AWS::ECR::Repository", "RepositoryPolicyText"],
  ["AWS::IAM::Role", "AssumeRolePolicyDocument"],
])("%s that lets everybody in is found, and one for a service, an owner or an account is not", (type, property) => {
  const judge = (statement: Statement): string[] =>
    found(wildcardPrincipal, stackWith(policy(type, property, statement))).map(
      ({ level, property: at }) => `${level} ${at}`,
    );
  expect(judge({ Principal: "*" })).toEqual([`error ${property}`]);
  expect(judge({ Principal: { AWS: "*" } })).toEqual([`error ${property}`]);
  expect(
    judge({ Principal: { AWS: "*" }, Condition: { StringEquals: { "aws:SourceOwner": "111122223333" } } }),
  ).toEqual([]);
  expect(judge({ Principal: { AWS: "*" }, Condition: { ArnLike: { "aws:SourceArn": "*" } } })).toEqual([
    `error ${property}`,
  ]);
  expect(judge({ Principal: { Service: "sns.amazonaws.com" } })).toEqual([]);
  expect(judge({ Principal: { AWS: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } } })).toEqual([]);
  expect(judge({ Effect: "Deny", Principal: "*" })).toEqual([]);
});

test.each([
  ["AWS::Lambda::Permission", { Principal: "*" }, ["error"]],
  ["AWS::Lambda::Permission", { Principal: "*", PrincipalOrgID: "o-1" }, []],
  ["AWS::Lambda::Permission", { Principal: "s3.amazonaws.com" }, []],
  ["AWS::Lambda::Permission", { Principal: "*", FunctionUrlAuthType: "NONE" }, []],
  ["AWS::Lambda::Url", { AuthType: "NONE" }, ["note"]],
  ["AWS::Lambda::Url", { AuthType: "AWS_IAM" }, []],
  ["AWS::Events::EventBusPolicy", { Principal: "*" }, ["error"]],
  ["AWS::Events::EventBusPolicy", { Principal: "111122223333" }, []],
])("%s %j: %j", (Type, Properties, levels) => {
  expect(found(wildcardPrincipal, stackWith({ It: { Type, Properties } })).map(({ level }) => level)).toEqual(levels);
});
