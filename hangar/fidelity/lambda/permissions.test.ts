// Resource policies, and provisioned concurrency that is refused, as they were recorded from AWS (see ../NOTICE).

import type { Input } from "../session.ts";
import { framed, FunctionName, make, recorded } from "./session.ts";

const P = "TestLambdaPermissions::test_";
const Action = "lambda:InvokeFunction";
const s3 = { FunctionName, Action, StatementId: "s3", Principal: "s3.amazonaws.com" };
const fromBucket = { ...s3, SourceArn: "arn:aws:s3:::test-bucket" };
const missing = "doesnotexist";

recorded(import.meta.url, "lambda-api", {
  async [`${P}permission_exceptions`](s) {
    await make(s);
    const add = (label: string, input: Input) => s.is(label, "AddPermission", { ...fromBucket, ...input });
    const invalid = { ...s3, StatementId: "example.com" };
    await s.is("add_permission_invalid_statement_id", "AddPermission", invalid);
    const other = { FunctionName: `${FunctionName}:alias-not-42`, Qualifier: "42" };
    await add("add_permission_fn_qualifier_mismatch", other);
    const latest = { FunctionName: `${FunctionName}:$LATEST`, Qualifier: "$LATEST" };
    await add("add_permission_fn_qualifier_latest", latest);
    const stranger = { FunctionName, Action, StatementId: "lambda", Principal: "invalid.nonaws.com" };
    await s.is("add_permission_principal_invalid", "AddPermission", { ...stranger, SourceAccount: "000000000000" });
    await s.is("get_policy_fn_doesnotexist", "GetPolicy", { FunctionName: missing });
    await s.is("get_policy_fn_version_doesnotexist", "GetPolicy", { FunctionName, Qualifier: "77" });
    await add("add_permission_fn_doesnotexist", { FunctionName: missing });
    const removal = { FunctionName, StatementId: "s3" };
    await s.is("remove_permission_policy_doesnotexist", "RemovePermission", removal);
    await add("add_permission_fn_alias_doesnotexist", { FunctionName: `${FunctionName}:alias-doesnotexist` });
    await add("add_permission_fn_version_doesnotexist", { Qualifier: "42" });
    await add("add_permission_fn_qualifier_invalid", { Qualifier: "invalid-qualifier-with-?-char" });
    await add("add_permission_fn_qualifier_valid_doesnotexist", { Qualifier: "valid-with-$-but-doesnotexist" });
    await s.do("AddPermission", fromBucket);
    await add("add_permission_conflicting_statement_id", {});
    const nowhere = { ...removal, FunctionName: missing };
    await s.is("remove_permission_fn_doesnotexist", "RemovePermission", nowhere);
    const unnamed = { ...removal, Qualifier: "alias-doesnotexist" };
    await s.is("remove_permission_fn_alias_doesnotexist", "RemovePermission", unnamed);
  },
  async [`${P}add_lambda_permission_aws`](s) {
    s.matches("create_lambda", framed(await make(s)));
    await s.is("add_permission", "AddPermission", fromBucket);
    await s.is("get_policy", "GetPolicy", { FunctionName });
  },
  async [`${P}lambda_permission_fn_versioning`](s) {
    await make(s);
    await s.is("add_permission", "AddPermission", fromBucket);
    await s.is("get_policy", "GetPolicy", { FunctionName });
    await s.is("publish_version_result", "PublishVersion", { FunctionName });
    await s.is("get_function_result_after_publishing", "GetFunction", { FunctionName });
    await s.is("get_policy_after_publishing_latest", "GetPolicy", { FunctionName });
    const numbered = { FunctionName, Qualifier: "1" };
    await s.is("get_policy_after_publishing_new_version", "GetPolicy", numbered);
    await s.do("AddPermission", { ...fromBucket, FunctionName: `${FunctionName}:1`, Qualifier: "1" });
    await s.is("get_policy_version", "GetPolicy", numbered);
    const Name = "permission-alias";
    const alias = await s.is("create_alias_response", "CreateAlias", { FunctionName, Name, FunctionVersion: "1" });
    await s.is("get_alias", "GetAlias", { FunctionName, Name });
    const wrong = { ...fromBucket, Qualifier: Name, RevisionId: "wrong" };
    await s.is("add_permission_alias_revision_exception", "AddPermission", wrong);
    const { RevisionId } = alias;
    await s.do("AddPermission", {
      ...fromBucket,
      FunctionName: `${FunctionName}:${Name}`,
      Qualifier: Name,
      RevisionId,
    });
    await s.is("get_policy_alias", "GetPolicy", { FunctionName, Qualifier: Name });
    const found = await s.is("get_policy_after_adding_to_new_version", "GetPolicy", { FunctionName });
    await s.do("AddPermission", { ...fromBucket, StatementId: "s3_2", RevisionId: found["RevisionId"] });
    await s.is("get_policy_after_adding_2", "GetPolicy", { FunctionName });
  },
  async "TestLambdaProvisionedConcurrency::test_provisioned_concurrency_exceptions"(s) {
    await make(s);
    await s.is("publish_version_result", "PublishVersion", { FunctionName });
    const call = (operation: string, label: string, Qualifier: string, more: Input = {}) =>
      s.is(label, `${operation}ProvisionedConcurrencyConfig`, { FunctionName, Qualifier, ...more });
    const elsewhere = { FunctionName: missing };
    await call("Get", "get_provisioned_config_doesnotexist", "1");
    await call("Get", "get_provisioned_functionname_doesnotexist", "noalias", elsewhere);
    await call("Get", "get_provisioned_qualifier_doesnotexist", "noalias");
    await call("Get", "get_provisioned_version_doesnotexist", "10");
    await call("Get", "get_provisioned_latest", "$LATEST");
    await s.is("list_provisioned_noconfigs", "ListProvisionedConcurrencyConfigs", { FunctionName });
    await s.is("list_provisioned_functionname_doesnotexist", "ListProvisionedConcurrencyConfigs", elsewhere);
    await call("Delete", "delete_provisioned_functionname_doesnotexist", "1", elsewhere);
    await call("Delete", "delete_provisioned_qualifier_doesnotexist", "noalias");
    await call("Delete", "delete_provisioned_version_doesnotexist", "10");
    await call("Delete", "delete_provisioned_latest", "$LATEST");
    await call("Delete", "delete_provisioned_config_doesnotexist", "1");
    const one = { ProvisionedConcurrentExecutions: 1 };
    await call("Put", "put_provisioned_invalid_param_0", "1", { ProvisionedConcurrentExecutions: 0 });
    await call("Put", "put_provisioned_functionname_doesnotexist_alias", "noalias", { ...elsewhere, ...one });
    await call("Put", "put_provisioned_functionname_doesnotexist_version", "1", { ...elsewhere, ...one });
    await call("Put", "put_provisioned_qualifier_doesnotexist", missing, one);
    await call("Put", "put_provisioned_version_doesnotexist", "10", one);
    await call("Put", "put_provisioned_latest", "$LATEST", one);
  },
});
