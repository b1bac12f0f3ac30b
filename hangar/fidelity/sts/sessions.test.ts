// Assumed roles and federated users, as they were recorded from AWS (see ../NOTICE).

import * as iam from "@aws-sdk/client-iam";
import * as sdk from "@aws-sdk/client-sts";
import { newAdministrator, type Credentials } from "../callers.ts";
import { recorder } from "../recorded.ts";
import type { Answer, As, Session } from "../session.ts";

let credentials: Credentials;
const recorded = recorder(
  import.meta.url,
  { service: "sts", sdk },
  {
    async prepare(cloud) {
      credentials = await newAdministrator(cloud);
    },
  },
);

const IAM = { service: "iam", sdk: iam, asShown: withDocuments };
const INTEGRATIONS = "TestSTSIntegrations::test_";
const TAGS = "TestSTSAssumeRoleTagging::test_";

/** boto3 reads documents that are written in percents. */
function withDocuments(_operation: string, members: Answer): object {
  const { AssumeRolePolicyDocument, ...role } = members["Role"] as { readonly AssumeRolePolicyDocument: string };
  return { Role: { ...role, AssumeRolePolicyDocument: decodeURIComponent(AssumeRolePolicyDocument) } };
}

async function newRole(s: Session, RoleName: string, ...actions: string[]): Promise<Answer> {
  const Action = actions.length === 1 ? actions[0] : actions;
  const statement = { Effect: "Allow", Principal: { AWS: "000000000000" }, Action };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return s.with(IAM).do("CreateRole", { RoleName, AssumeRolePolicyDocument });
}

const arnOf = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;
const tag = (Key: string, Value: string): object => ({ Key, Value });

/** As the role's session. */
function asSession(answer: Answer): As {
  const session = answer["Credentials"] as Record<"AccessKeyId" | "SecretAccessKey" | "SessionToken", string>;
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = session;
  return { credentials: { accessKeyId, secretAccessKey, sessionToken } };
}

recorded(import.meta.url, "sts", {
  async [`${INTEGRATIONS}get_federation_token`](s) {
    s.usual = { credentials };
    await s.is("get-federation-token", "GetFederationToken", { Name: "recorded", DurationSeconds: 900 });
  },
  async [`${INTEGRATIONS}assume_role`](s) {
    const RoleSessionName = "recorded-session";
    s.matches("role-session-name", { RoleSessionName });
    s.matches("create-role", await newRole(s, "recorded", "sts:AssumeRole"));
    s.usual = { credentials };
    await s.is("assume-role", "AssumeRole", { RoleArn: arnOf("recorded"), RoleSessionName });
  },
  async [`${INTEGRATIONS}sts_invalid_parameters`](s) {
    s.usual = { credentials };
    const assume = (label: string, RoleArn: string, RoleSessionName = "Session1") =>
      s.is(label, "AssumeRole", { RoleArn, RoleSessionName });
    await assume("malformed-arn", "nothing-valid-in-here");
    await assume("no-partition", "arn::b:::something/test-role");
    await assume("no-service", "arn:a::::something/test-role");
    await assume("not-enough-colons", "arn:a:::something/test-role");
    await assume("no-resource", "arn:a:a::aaaaaaaaaa:");
    await assume("invalid-session-name", "arn:a:a::aaaaaaaaaa:test-role", "Session1:2");
  },
  async [`${TAGS}assume_role_tag_validation`](s) {
    s.matches("role-1", await newRole(s, "recorded", "sts:AssumeRole", "sts:TagSession"));
    s.usual = { credentials };
    const asked = { RoleArn: arnOf("recorded"), RoleSessionName: "Session1", Tags: [tag("SessionTag1", "Value1")] };
    const missing = { ...asked, TransitiveTagKeys: ["InvalidKey"] };
    await s.is("invalid-transitive-tag-keys", "AssumeRole", missing);
    const twice = { ...asked, Tags: [tag("SessionTag1", "Value1"), tag("sessiontag1", "Value2")] };
    await s.is("duplicate-tag-keys-different-casing", "AssumeRole", twice);
  },
  async [`${TAGS}iam_role_chaining_override_transitive_tags`](s) {
    s.matches("role-1", await newRole(s, "first", "sts:AssumeRole", "sts:TagSession"));
    s.matches("role-2", await newRole(s, "second", "sts:AssumeRole", "sts:TagSession"));
    const assumed = { RoleName: "first", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
    await new iam.IAMClient(s.cloud.clientConfig()).send(new iam.AttachRolePolicyCommand(assumed));
    s.usual = { credentials };
    const Tags = [tag("SessionTag1", "Value1")];
    const first = { RoleArn: arnOf("first"), RoleSessionName: "Session1", Tags, TransitiveTagKeys: ["SessionTag1"] };
    s.usual = asSession(await s.do("AssumeRole", first));
    const second = { RoleArn: arnOf("second"), RoleSessionName: "Session2" };
    await s.is("override-transitive-tag-error", "AssumeRole", { ...second, Tags });
    const otherCase = { ...second, Tags: [tag("sessiontag1", "Value1")] };
    await s.is("override-transitive-tag-case-ignore-error", "AssumeRole", otherCase);
  },
});
