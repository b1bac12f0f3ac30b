// Policies: attached and inline, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { document, newRole, recorded, RoleName, UserName } from "./session.ts";

const INTEGRATIONS = "TestIAMIntegrations::test_";
const ENCODING = "TestIAMPolicyEncoding::test_";
const PolicyName = "recorded-policy-of-twenty";
const Resource = [
  "arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Faaeeieije",
];
const ENCODED = document({ Effect: "Allow", Action: ["apigatway:PUT"], Resource });

async function attaches(s: Session, kind: "Role" | "User", holder: object): Promise<void> {
  const PolicyDocument = document({ Effect: "Allow", Action: "s3:*", Resource: "*" });
  await s.is("create_policy_response", "CreatePolicy", { PolicyName, PolicyDocument });
  const attach = (label: string, PolicyArn: string) => s.is(label, `Attach${kind}Policy`, { ...holder, PolicyArn });
  const arn = `arn:aws:iam::000000000000:policy/${PolicyName}`;
  await attach("non_existent_malformed_policy_arn", "longpolicynamebutnoarn");
  await attach("existing_policy_name_provided", PolicyName);
  await attach("valid_arn_not_existent", `${arn}123`);
  await attach("valid_policy_arn", arn);
}

recorded(import.meta.url, "iam", {
  async [`${INTEGRATIONS}delete_non_existent_policy_returns_no_such_entity`](s) {
    const PolicyArn = "arn:aws:iam::000000000000:policy/non-existent-policy";
    await s.is("delete-non-existent-policy-exc", "DeletePolicy", { PolicyArn });
  },
  async [`${INTEGRATIONS}role_attach_policy`](s) {
    await newRole(s);
    await attaches(s, "Role", { RoleName });
  },
  async [`${INTEGRATIONS}user_attach_policy`](s) {
    await s.do("CreateUser", { UserName });
    await attaches(s, "User", { UserName });
  },
  async [`${ENCODING}put_user_policy_encoding`](s) {
    await s.do("CreateUser", { UserName });
    await s.do("PutUserPolicy", { UserName, PolicyName, PolicyDocument: ENCODED });
    await s.is("get-policy-response", "GetUserPolicy", { UserName, PolicyName });
  },
  async [`${ENCODING}put_group_policy_encoding`](s) {
    const GroupName = "recorded-group";
    await s.do("CreateGroup", { GroupName });
    await s.do("PutGroupPolicy", { GroupName, PolicyName, PolicyDocument: ENCODED });
    await s.is("get-policy-response", "GetGroupPolicy", { GroupName, PolicyName });
  },
});
