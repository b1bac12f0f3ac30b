// Everything on this machine that may disagree with the account and region that were asked for, and what is said of it.

import { expect, test } from "vitest";
import { readConfigFile } from "./aws-config-file.ts";
import { disagreements, expectedOf, foreignStacks, standsIn, type HostFacts } from "./aws-guard.ts";
import type { StackArtifact } from "./assembly.ts";

const expected = { account: "111122223333", region: "eu-west-1" };

function host({
  environment = {},
  config = "",
  credentials = "",
  cdkProfiles = {},
}: {
  environment?: Record<string, string>;
  config?: string;
  credentials?: string;
  cdkProfiles?: Record<string, string>;
}): HostFacts {
  return {
    environment,
    config: readConfigFile(config, "config"),
    credentials: readConfigFile(credentials, "credentials"),
    cdkProfiles,
  };
}

const AGREEING: readonly (readonly [string, Parameters<typeof host>[0]])[] = [
  ["nothing", {}],
  [
    "variables",
    { environment: { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "AKIA" } },
  ],
  ["a profile", { environment: { AWS_PROFILE: "dev" }, config: "[profile dev]\nregion = eu-west-1\n" }],
  [
    "a profile of keys alone",
    { environment: { AWS_PROFILE: "dev" }, credentials: "[dev]\naws_access_key_id = AKIA\n" },
  ],
  [
    "another profile's endpoint",
    { config: "[default]\nregion=eu-west-1\n[profile x]\nendpoint_url = http://localhost:1\n" },
  ],
  [
    "AWS_REGION over the profile's",
    { environment: { AWS_REGION: "eu-west-1" }, config: "[default]\nregion = us-east-1\n" },
  ],
  ["a role of the account", { config: "[default]\nrole_arn = arn:aws:iam::111122223333:role/deployer\n" }],
  ["a comment", { config: "[default]\n# endpoint_url = http://localhost:4566\n; region = us-east-1\n" }],
  ["a proxy that does not count for AWS", { environment: { HTTPS_PROXY: "http://p:1", NO_PROXY: ".amazonaws.com" } }],
  ["an empty variable", { environment: { AWS_ENDPOINT_URL: "" } }],
];

test.for(AGREEING)("%s: nothing disagrees", ([, facts]) => {
  expect(disagreements(expected, host(facts))).toEqual([]);
});

const DISAGREEING: readonly (readonly [string, Parameters<typeof host>[0]])[] = [
  [
    "AWS_ENDPOINT_URL is http://127.0.0.1:4566, not AWS's own",
    { environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" } },
  ],
  [
    "AWS_ENDPOINT_URL_DYNAMODB is http://db:8000, not AWS's own",
    { environment: { AWS_ENDPOINT_URL_DYNAMODB: "http://db:8000" } },
  ],
  [
    "endpoint_url in the profile default is http://localhost:4566, not AWS's own",
    { config: "[default]\nendpoint_url = http://localhost:4566\n" },
  ],
  [
    "s3.endpoint_url in the services section local is http://localhost:9000, not AWS's own",
    {
      environment: { AWS_PROFILE: "dev" },
      config:
        "[profile dev]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://localhost:9000 # minio\nec2 =\n  other = 1\n",
    },
  ],
  [
    "endpoint_url in the profile base is http://localhost:1, not AWS's own",
    {
      environment: { AWS_PROFILE: "dev" },
      config: '[profile "dev"]\nsource_profile = base\n',
      credentials: "[base]\nendpoint_url=http://localhost:1\n",
    },
  ],
  [
    "HTTPS_PROXY is http://proxy:3128: the CDK CLI would call through it and the SDK, which asks STS, would not; unset it, or name .amazonaws.com in NO_PROXY",
    { environment: { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "localhost" } },
  ],
  ["AWS_REGION is us-east-1", { environment: { AWS_REGION: "us-east-1" } }],
  ["AWS_DEFAULT_REGION is us-east-1", { environment: { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" } }],
  [
    "the profile dev is for region us-east-1; set AWS_REGION=eu-west-1 if you mean it",
    { environment: { AWS_PROFILE: "dev" }, config: "[profile dev]\nregion = us-east-1\n" },
  ],
  [
    "there is no profile prod in the AWS config files",
    { environment: { AWS_PROFILE: "prod" }, config: "[profile dev]\n" },
  ],
  [
    "AWS_PROFILE is dev and AWS_DEFAULT_PROFILE is prod",
    { environment: { AWS_PROFILE: "dev", AWS_DEFAULT_PROFILE: "prod" }, config: "[profile dev]\n" },
  ],
  [
    "AWS_PROFILE is dev and AWS_ACCESS_KEY_ID is set too: unset the one that is not meant",
    { environment: { AWS_PROFILE: "dev", AWS_ACCESS_KEY_ID: "AKIA" }, config: "[profile dev]\n" },
  ],
  [
    "cdk.json names the profile prod for the CDK CLI, which gets the credentials that STS answered for: take it out and set AWS_PROFILE",
    { cdkProfiles: { "cdk.json": "prod" } },
  ],
  ["AWS_ACCOUNT_ID is for account 999988887777", { environment: { AWS_ACCOUNT_ID: "999988887777" } }],
  [
    "the role in AWS_ROLE_ARN is for account 999988887777",
    { environment: { AWS_ROLE_ARN: "arn:aws:iam::999988887777:role/ci" } },
  ],
  [
    "the role of the profile default is for account 999988887777",
    { config: "[default]\nrole_arn = arn:aws:iam::999988887777:role/x\nsource_profile = default\n" },
  ],
  [
    "sso_account_id of the profile dev is for account 999988887777",
    { environment: { AWS_PROFILE: "dev" }, config: "[profile dev]\nsso_account_id = 999988887777\n" },
  ],
  [
    "aws_account_id of the profile default is for account 999988887777",
    { credentials: "[default]\naws_account_id = 999988887777\n" },
  ],
];

test.for(DISAGREEING)("%s", ([reason, facts]) => {
  expect(disagreements(expected, host(facts))).toEqual([reason]);
});

test("an endpoint of one's own must be the one that the variables name", () => {
  const own = { ...expected, endpoint: "https://vpce-1.example.com" };
  const named = (url: string): HostFacts => host({ environment: { AWS_ENDPOINT_URL: url } });
  expect(disagreements(own, named("https://vpce-1.example.com/"))).toEqual([]);
  expect(disagreements(own, named("https://vpce-2.example.com"))).toEqual([
    "AWS_ENDPOINT_URL is https://vpce-2.example.com, not https://vpce-1.example.com",
  ]);
});

test.for([
  [{}, "--account with 12 digits"],
  [{ account: "1111", region: "eu-west-1" }, "--account with 12 digits"],
  [{ account: "111122223333" }, "--region, such as eu-west-1"],
  [{ account: "111122223333", region: "Ireland" }, "--region, such as eu-west-1"],
  [{ account: "111122223333", region: "eu-west-1", endpoint: "vpce" }, "--endpoint-url vpce is no URL"],
] as const)("%o is not enough to go by", ([said, message]) => {
  expect(() => expectedOf(said)).toThrow(message);
});

test("a stack of another account or region, or deployed with a role of another account, is foreign", () => {
  const stack = (more: Partial<StackArtifact>): StackArtifact => ({
    id: "Photos",
    path: "Photos",
    stackName: "Photos",
    templatePath: "Photos.template.json",
    account: undefined,
    region: undefined,
    parameters: {},
    tags: {},
    terminationProtection: false,
    assets: [],
    roles: ["arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-deploy", "arn:aws:iam::111122223333:role/own"],
    executionRole: undefined,
    images: [],
    manifests: [],
    after: [],
    bootstrap: undefined,
    ...more,
  });
  expect(foreignStacks(expected, [stack({}), stack(expected)])).toEqual([]);
  const role = "arn:aws:iam::999988887777:role/deploy";
  const foreign = [stack({ account: "999988887777" }), stack({ region: "us-east-1" }), stack({ roles: [role] })];
  expect(foreignStacks(expected, foreign)).toEqual([
    "the stack Photos is for account 999988887777",
    "the stack Photos is for region us-east-1",
    `the stack Photos is deployed with ${role}`,
  ]);
});

test.for([
  [undefined, undefined],
  ["https://vpce-1-abc.sts.eu-west-1.vpce.amazonaws.com", undefined],
  ["https://localhost:4600", "https://localhost:4600"],
  ["https://amazonaws.com.example.org", "https://amazonaws.com.example.org"],
] as const)("at %s stands in: %s", ([endpoint, stand]) => {
  expect(standsIn({ ...expected, endpoint })).toBe(stand);
});
