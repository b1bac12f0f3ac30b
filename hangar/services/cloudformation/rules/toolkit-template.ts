// The template of the toolkit stack: what `cdk deploy` looks for, under the names it looks for.

import { isObject, type PlainObject } from "./template.ts";

/** At least what today's CDK asks for; `cdk bootstrap` raises it to its own. */
const VERSION = "30";
const QUALIFIER = "hnb659fds";

const here = "${AWS::AccountId}-${AWS::Region}";
const sub = (text: string): PlainObject => ({ "Fn::Sub": text });
const attribute = (name: string, of = "Arn"): PlainObject => ({ "Fn::GetAtt": [name, of] });

function trust(principal: PlainObject): PlainObject {
  return { Version: "2012-10-17", Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: principal }] };
}

const ACCOUNT = { AWS: { Ref: "AWS::AccountId" } };

function role(purpose: string, document: PlainObject, rest: PlainObject = {}): PlainObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: sub(`cdk-${QUALIFIER}-${purpose}-role-${here}`),
      AssumeRolePolicyDocument: document,
      ...rest,
    },
  };
}

function policy(name: string, statements: readonly PlainObject[]): PlainObject {
  return { PolicyName: name, PolicyDocument: { Version: "2012-10-17", Statement: statements } };
}

function allow(actions: readonly string[], resources: readonly unknown[]): PlainObject {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

const STAGING = [
  "s3:GetObject*",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:List*",
  "s3:DeleteObject*",
  "s3:PutObject*",
  "s3:Abort*",
];
const IMAGES = [
  "ecr:PutImage",
  "ecr:InitiateLayerUpload",
  "ecr:UploadLayerPart",
  "ecr:CompleteLayerUpload",
  "ecr:BatchCheckLayerAvailability",
  "ecr:DescribeRepositories",
  "ecr:DescribeImages",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
];
const VERSION_READ = {
  ...allow(
    ["ssm:GetParameter", "ssm:GetParameters"],
    [sub(`arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/cdk-bootstrap/${QUALIFIER}/version`)],
  ),
  Sid: "ReadVersion",
};

const RESOURCES: Readonly<Record<string, PlainObject>> = {
  StagingBucket: {
    Type: "AWS::S3::Bucket",
    DeletionPolicy: "Retain",
    UpdateReplacePolicy: "Retain",
    Properties: {
      BucketName: sub(`cdk-${QUALIFIER}-assets-${here}`),
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: "Enabled" },
    },
  },
  ContainerAssetsRepository: {
    Type: "AWS::ECR::Repository",
    Properties: { RepositoryName: sub(`cdk-${QUALIFIER}-container-assets-${here}`), ImageTagMutability: "IMMUTABLE" },
  },
  FilePublishingRole: role("file-publishing", trust(ACCOUNT), {
    Policies: [
      policy("file-publishing", [allow(STAGING, [attribute("StagingBucket"), sub("${StagingBucket.Arn}/*")])]),
    ],
  }),
  ImagePublishingRole: role("image-publishing", trust(ACCOUNT), {
    Policies: [
      policy("image-publishing", [
        allow(IMAGES, [
          sub(
            `arn:\${AWS::Partition}:ecr:\${AWS::Region}:\${AWS::AccountId}:repository/cdk-${QUALIFIER}-container-assets-${here}`,
          ),
        ]),
        allow(["ecr:GetAuthorizationToken"], ["*"]),
      ]),
    ],
  }),
  LookupRole: role("lookup", trust(ACCOUNT), {
    ManagedPolicyArns: [sub("arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess")],
  }),
  CloudFormationExecutionRole: role("cfn-exec", trust({ Service: "cloudformation.amazonaws.com" }), {
    ManagedPolicyArns: [sub("arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess")],
  }),
  DeploymentActionRole: role("deploy", trust(ACCOUNT), {
    Policies: [
      policy("default", [
        { ...allow(["cloudformation:*"], ["*"]), Sid: "CloudFormationPermissions" },
        allow([...STAGING, "s3:GetBucketLocation"], ["*"]),
        allow(["iam:PassRole"], [attribute("CloudFormationExecutionRole")]),
        { ...allow(["sts:GetCallerIdentity"], ["*"]), Sid: "CliPermissions" },
        VERSION_READ,
      ]),
    ],
  }),
  CdkBootstrapVersion: {
    Type: "AWS::SSM::Parameter",
    Properties: { Type: "String", Name: `/cdk-bootstrap/${QUALIFIER}/version`, Value: VERSION },
  },
};

/** Types that are not emulated are left out, as is whatever speaks of them. */
export function toolkitTemplate(known: (type: string) => boolean): PlainObject {
  const emulated = Object.entries(RESOURCES).filter(([, resource]) => known(String(resource["Type"])));
  const names = emulated.map(([name]) => name);
  const resources = Object.fromEntries(
    emulated.filter(([, resource]) => mentioned(resource).every((name) => names.includes(name))),
  );
  const outputs: Record<string, PlainObject> = {
    BucketName: {
      Description: "The name of the S3 bucket owned by the CDK toolkit stack",
      Value: sub("${StagingBucket}"),
    },
    BucketDomainName: {
      Description: "The domain name of the S3 bucket owned by the CDK toolkit stack",
      Value: sub("${StagingBucket.RegionalDomainName}"),
    },
    ImageRepositoryName: {
      Description: "The name of the ECR repository which hosts docker image assets",
      Value: sub(`cdk-${QUALIFIER}-container-assets-${here}`),
    },
    BootstrapVersion: {
      Description: "The version of the bootstrap resources that are currently mastered in this stack",
      Value: attribute("CdkBootstrapVersion", "Value"),
    },
  };
  return {
    Description: "This stack includes resources needed to deploy AWS CDK apps into this environment",
    Resources: resources,
    Outputs: Object.fromEntries(
      Object.entries(outputs).filter(([, output]) => mentioned(output).every((name) => Object.hasOwn(resources, name))),
    ),
  };
}

function mentioned(value: unknown): string[] {
  const text = JSON.stringify(value);
  return Object.keys(RESOURCES).filter(
    (name) => isObject(value) && text.includes(name) && new RegExp(`[{"]${name}[."}]`).test(text),
  );
}
