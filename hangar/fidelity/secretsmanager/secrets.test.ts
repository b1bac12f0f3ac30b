// Secrets, their versions and stages, as they were recorded from AWS (see ../NOTICE).

import * as sdk from "@aws-sdk/client-secrets-manager";
import { recorder } from "../recorded.ts";
import type { Session } from "../session.ts";

const recorded = recorder(import.meta.url, {
  service: "secretsmanager",
  sdk,
  // A name ends where the random part of its ARN begins.
  asRecorded: (answer) =>
    JSON.parse(JSON.stringify(answer).replaceAll(/(<SecretId-\d+idx>)(<ArnPart-\d+idx>)/g, "$1-$2")) as unknown,
});

const T = "TestSecretsManager::test_";
const Name = "recorded";
const SecretId = Name;
const forced = { SecretId, ForceDeleteWithoutRecovery: true };

function createsAndUpdates(name: string, isLast = true) {
  return async (s: Session): Promise<void> => {
    const at = { SecretId: name };
    const creation = { Name: name, SecretString: "my_secret", Description: "Testing secret creation." };
    const { ARN } = await s.is("create_secret_rs_1", "CreateSecret", creation);
    await s.is("get_secret_value_rs_1", "GetSecretValue", at);
    await s.is("describe_secret_rs_1", "DescribeSecret", at);
    await s.is("get_secret_value_rs_2", "GetSecretValue", { SecretId: ARN });
    const partly = { SecretId: (ARN as string).slice(0, -7) };
    if (isLast) await s.is("get_secret_value_rs_3", "GetSecretValue", partly);
    else await s.is("resource_not_found_dict_1", "GetSecretValue", partly);
    await s.is("put_secret_value_rs_1", "PutSecretValue", { ...at, SecretString: "new_secret" });
    await s.is("get_secret_value_rs_4", "GetSecretValue", at);
    const update = { ...at, SecretString: "update_secret", Description: "d1" };
    await s.is("update_secret_res_1", "UpdateSecret", update);
    await s.is("delete_secret_res_1", "DeleteSecret", { ...forced, ...at });
  };
}

/** Every operation that takes a name refuses this one. */
function refusesName(name: string) {
  return async (s: Session): Promise<void> => {
    const at = { SecretId: name };
    const calls: [string, object][] = [
      ["CreateSecret", { Name: name, SecretString: "my_secret" }],
      ["DeleteSecret", at],
      ["DescribeSecret", at],
      ["GetSecretValue", at],
      ["ListSecretVersionIds", at],
      ["PutSecretValue", { ...at, SecretString: "MySecretValue" }],
      ["TagResource", { ...at, Tags: [{ Key: "FirstTag", Value: "SomeValue" }] }],
      ["UntagResource", { ...at, TagKeys: ["FirstTag"] }],
      ["UpdateSecret", { ...at, Description: "MyNewDescription" }],
      ["ValidateResourcePolicy", { ...at, ResourcePolicy: '{"Version": "2012-10-17", "Statement": []}' }],
    ];
    for (const [at_, [operation, input]] of calls.entries()) await s.is(`ex_log_${at_ + 1}`, operation, input);
  };
}

const create = (s: Session, label: string, more: object = {}) =>
  s.is(label, "CreateSecret", { Name, SecretString: "SS0", ...more });
const versions = (s: Session, label: string) =>
  s.is(label, "ListSecretVersionIds", { SecretId, IncludeDeprecated: true });
const put = (s: Session, label: string, SecretString: string, ...VersionStages: string[]) =>
  s.is(label, "PutSecretValue", { SecretId, SecretString, ...(VersionStages.length > 0 && { VersionStages }) });

recorded(import.meta.url, "secretsmanager", {
  [`${T}create_and_update_secret[s-c64bdc03]`]: createsAndUpdates("recorded"),
  [`${T}create_and_update_secret[Valid/_+=.@-Name]`]: createsAndUpdates("Valid/_+=.@-Name"),
  [`${T}create_and_update_secret[Valid/_+=.@-Name-a1b2]`]: createsAndUpdates("Valid/_+=.@-Name-a1b2"),
  [`${T}create_and_update_secret[Valid/_+=.@-Name-a1b2c3-]`]: createsAndUpdates("Valid/_+=.@-Name-a1b2c3-"),
  [`${T}create_and_update_secret[s-c64bdc03-True]`]: createsAndUpdates("recorded"),
  [`${T}create_and_update_secret[s-4b175f02-True]`]: createsAndUpdates("recorded"),
  [`${T}create_and_update_secret[Valid/_+=.@-Name-True]`]: createsAndUpdates("Valid/_+=.@-Name"),
  [`${T}create_and_update_secret[Valid/_+=.@-Name-a1b2-True]`]: createsAndUpdates("Valid/_+=.@-Name-a1b2"),
  [`${T}create_and_update_secret[Valid/_+=.@-Name-a1b2c3--True]`]: createsAndUpdates("Valid/_+=.@-Name-a1b2c3-"),
  [`${T}create_and_update_secret[Invalid/_+=.@-Name-a1b2c3-False]`]: createsAndUpdates(
    "Invalid/_+=.@-Name-a1b2c3",
    false,
  ),
  [`${T}invalid_secret_name[Inv Name]`]: refusesName("Inv Name"),
  [`${T}invalid_secret_name[ Inv Name]`]: refusesName(" Inv Name"),
  [`${T}invalid_secret_name[ Inv*Name? ]`]: refusesName(" Inv*Name? "),
  [`${T}invalid_secret_name[ Inv *?!]Name\\\\-]`]: refusesName(" Inv *?!]Name\\-"),
  async [`${T}can_recreate_delete_secret`](s) {
    const creation = { Name, SecretString: "my_secret", Description: "description" };
    await s.is("create_secret_res_0", "CreateSecret", creation);
    await s.is("delete_res_1", "DeleteSecret", forced);
    await s.is("create_secret_res_1", "CreateSecret", creation);
  },
  async [`${T}exp_raised_on_creation_of_secret_scheduled_for_deletion`](s) {
    await s.do("CreateSecret", { Name, SecretString: "my_secret" });
    await s.is("delete_res", "DeleteSecret", { SecretId, RecoveryWindowInDays: 7 });
    await s.is("invalid_req_ex", "CreateSecret", { Name, SecretString: "my_secret" });
  },
  async [`${T}secret_exists_snapshots`](s) {
    await s.do("CreateSecret", { Name, SecretString: "my_secret" });
    await s.is("ex_log", "CreateSecret", { Name, SecretString: "my_secret" });
    await s.is("delete_secret_res", "DeleteSecret", forced);
  },
  async [`${T}secret_not_found`](s) {
    await s.is("get_secret_value_not_found_ex", "GetSecretValue", { SecretId: "s-none" });
    await s.is("list_secret_version_ids_not_found_ex", "ListSecretVersionIds", { SecretId: "s-none" });
  },
  async [`${T}call_lists_secrets_multiple_times_snapshots`](s) {
    const Description = "testing creation of secrets";
    await s.is("create_secret_rs_1", "CreateSecret", { Name, SecretString: "my_secret", Description });
    for (const at of [0, 1, 2]) await s.is(`list_secrets_res_${at}`, "ListSecrets", {});
    await s.is("delete_secret_res_1", "DeleteSecret", forced);
  },
  async [`${T}update_secret_description`](s) {
    const describe = (label: string) => s.is(label, "DescribeSecret", { SecretId });
    const update = (label: string, more: object) => s.is(label, "UpdateSecret", { SecretId, ...more });
    await create(s, "create_secret_rs_0");
    await describe("describe_secret_res_0");
    await update("update_secret_res_0", { Description: "MyDescription" });
    await describe("describe_secret_res_1");
    await update("update_secret_res_1", { SecretString: "NewSecretValue", Description: "MyNewDescription" });
    await describe("describe_secret_res_2");
    await update("update_secret_res_2", { SecretString: "ANewSecretValue" });
    await describe("describe_secret_res_3");
    await update("update_secret_res_3", { Description: "MyNewDescription" });
    await describe("describe_secret_res_4");
    await s.is("delete_secret_res_0", "DeleteSecret", forced);
  },
  async [`${T}update_secret_version_stages_return_type`](s) {
    const { VersionId: RemoveFromVersionId } = await create(s, "create_secret_rs_0");
    const { VersionId: MoveToVersionId } = await put(s, "put_secret_value_res_0", "SS1", "AWSPENDING");
    const move = { SecretId, RemoveFromVersionId, MoveToVersionId, VersionStage: "AWSCURRENT" };
    await s.is("update_secret_version_stage_res_0", "UpdateSecretVersionStage", move);
    await s.is("delete_secret_res_0", "DeleteSecret", forced);
  },
  async [`${T}update_secret_version_stages_current_previous`](s) {
    await create(s, "create_secret_rs_0");
    await versions(s, "list_secret_version_ids_res_0");
    await s.is("update_secret_res_0", "UpdateSecret", { SecretId, SecretString: "SS1" });
    await versions(s, "list_secret_version_ids_res_1");
    await s.is("delete_secret_res_0", "DeleteSecret", forced);
  },
  async [`${T}update_secret_version_stages_current_pending`](s) {
    const { VersionId: RemoveFromVersionId } = await create(s, "create_secret_rs_0");
    const { VersionId: MoveToVersionId } = await put(s, "put_secret_value_res_0", "SS1", "AWSPENDING");
    await versions(s, "list_secret_version_ids_res_0");
    const move = { SecretId, RemoveFromVersionId, MoveToVersionId, VersionStage: "AWSCURRENT" };
    await s.is("update_secret_version_stage_res_0", "UpdateSecretVersionStage", move);
    await versions(s, "list_secret_version_ids_res_1");
    await put(s, "put_secret_value_res_1", "SS2");
    await s.is("list_secret_version_ids_res_2", "ListSecretVersionIds", { SecretId });
    await s.is("delete_secret_res_0", "DeleteSecret", forced);
  },
  async [`${T}resource_policy`](s) {
    await s.do("CreateSecret", { Name, SecretString: "footest" });
    const statement = { Effect: "Allow", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" };
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await s.is("put_resource_policy", "PutResourcePolicy", { SecretId, ResourcePolicy });
    await s.is("get_resource_policy", "GetResourcePolicy", { SecretId });
  },
  async [`${T}secret_restore`](s) {
    await s.do("CreateSecret", { Name, SecretString: "footest" });
    await s.is("delete_secret_res", "DeleteSecret", { SecretId });
    await s.is("restore_secret_res", "RestoreSecret", { SecretId });
  },
  async [`${T}secret_version_not_found`](s) {
    await s.do("CreateSecret", { Name });
    await s.says("get_secret_value_no_version_ex", "GetSecretValue", { SecretId });
    await s.do("PutSecretValue", { SecretId, SecretString: "footest" });
    const versioned = { SecretId, VersionId: "0f8fad5b-d9cb-469f-a165-70867728950e" };
    await s.says("get_secret_value_version_not_found_ex", "GetSecretValue", versioned);
    await s.says("get_secret_value_stage_not_found_ex", "GetSecretValue", { SecretId, VersionStage: "AWSPENDING" });
  },
  async [`${T}create_secret_version_from_empty_secret`](s) {
    await s.is("create-empty-secret", "CreateSecret", { Name });
    await s.is("describe-secret", "DescribeSecret", { SecretId });
    await put(s, "put-secret-value", "example-string-to-protect");
  },
  async [`${T}force_delete_deleted_secret`](s) {
    await s.is("create_secret_response", "CreateSecret", { Name, SecretString: "secret" });
    await s.is("delete_secret_response", "DeleteSecret", { SecretId });
    await s.is("describe_secret_response", "DescribeSecret", { SecretId });
    await s.is("force_delete_secret_response", "DeleteSecret", forced);
  },
  async [`${T}tag_untag_resource_on_deleted_secret`](s) {
    const { ARN } = await s.is("create_secret", "CreateSecret", { Name, SecretString: "secret" });
    await s.is("delete_secret", "DeleteSecret", { SecretId: ARN });
    const Tags = [{ Key: "k1", Value: "v1" }];
    await s.is("tag_deleted_secret_error", "TagResource", { SecretId: ARN, Tags });
    await s.is("untag_deleted_secret_error", "UntagResource", { SecretId: ARN, TagKeys: ["k1"] });
  },
});
