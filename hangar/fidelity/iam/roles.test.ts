// Roles, as they were recorded from AWS (see ../NOTICE).

import { document, PATH, recorded, RoleName, trust } from "./session.ts";

const INTEGRATIONS = "TestIAMIntegrations::test_";
const EXTENSIONS = "TestIAMExtensions::test_";
const AssumeRolePolicyDocument = trust("ec2.amazonaws.com");

recorded(import.meta.url, "iam", {
  async [`${INTEGRATIONS}create_describe_role`](s) {
    const Path = "/recorded/";
    await s.is("create_role_result", "CreateRole", { RoleName, Path, AssumeRolePolicyDocument });
    await s.is("get_role_result", "GetRole", { RoleName });
    await s.is("list_roles_result", "ListRoles", { PathPrefix: Path });
  },
  async [`${INTEGRATIONS}list_roles_with_permission_boundary`](s) {
    const Path = "/recorded/";
    const PermissionsBoundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await s.is("created_role", "CreateRole", { RoleName, Path, AssumeRolePolicyDocument });
    await s.do("PutRolePermissionsBoundary", { RoleName, PermissionsBoundary });
    // Lists leave the boundary out.
    await s.is("list_roles_result", "ListRoles", { PathPrefix: Path });
  },
  async [`${INTEGRATIONS}update_assume_role_policy`](s) {
    const PolicyDocument = trust(["ec2.amazonaws.com"], ["sts:AssumeRole"]);
    await s.is("created_role", "CreateRole", { RoleName, AssumeRolePolicyDocument: PolicyDocument });
    await s.is("updated_policy", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument });
  },
  async [`${EXTENSIONS}create_role_with_malformed_assume_role_policy_document`](s) {
    await s.is("invalid-json", "CreateRole", { RoleName, AssumeRolePolicyDocument: "{" });
  },
  async [`${EXTENSIONS}role_with_path_lifecycle`](s) {
    const input = { RoleName, Path: PATH, AssumeRolePolicyDocument: trust("lambda.amazonaws.com") };
    await s.is("create-role-response", "CreateRole", input);
    await s.is("get-role-response", "GetRole", { RoleName });
    await s.is("delete-role-response", "DeleteRole", { RoleName });
  },
  async ["TestIAMPolicyEncoding::test_put_role_policy_encoding"](s) {
    const SourceArn = "arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Faaeeieije";
    const Condition = { StringEquals: { "aws:SourceArn": SourceArn } };
    const given = trust("lambda.amazonaws.com", "sts:AssumeRole", { Condition });
    await s.is("create-role-response", "CreateRole", { RoleName, Path: PATH, AssumeRolePolicyDocument: given });
    const Resource = [`arn:aws:apigateway:us-east-1::/tags/${SourceArn}`];
    const PolicyDocument = document({ Effect: "Allow", Action: ["apigatway:PUT"], Resource });
    await s.do("PutRolePolicy", { RoleName, PolicyName: "recorded-policy", PolicyDocument });
    await s.is("get-policy-response", "GetRolePolicy", { RoleName, PolicyName: "recorded-policy" });
    await s.is("get-role-response", "GetRole", { RoleName });
    await s.is("list-roles-response", "ListRoles", { PathPrefix: PATH });
  },
  async ["TestRoles::test_role_with_tags"](s) {
    const Path = "/role-with-tags/";
    const Tags = [{ Key: "test", Value: "value" }];
    await s.is("create-role-response", "CreateRole", { RoleName, Path, AssumeRolePolicyDocument, Tags });
    await s.is("get-role-response", "GetRole", { RoleName });
    await s.is("list-role-response", "ListRoles", { PathPrefix: Path });
  },
});
