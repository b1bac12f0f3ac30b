// Layers and SnapStart, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input, Session } from "../session.ts";
import { echo, FunctionName, given, make, recorded } from "./session.ts";

const L = "TestLambdaLayer::test_layer_";
const LayerName = "layer";
const Content = { ZipFile: echo };
const usualLayer = { LayerName, Content, CompatibleRuntimes: ["python3.12"], CompatibleArchitectures: ["x86_64"] };

const publish = (s: Session, label: string, more: Input = {}): Promise<Answer> =>
  s.is(label, "PublishLayerVersion", { ...usualLayer, ...more });

const SNAPSTART = "TestLambdaSnapStart::test_snapstart_";
const RUNTIMES = "java11 java17 java21 java25 python3.12 python3.13 dotnet8 dotnet10";

function handlerOf(runtime: string): string {
  if (runtime.startsWith("java")) return "echo.Handler";
  return runtime.startsWith("dotnet") ? "dotnet::Dotnet.Function::FunctionHandler" : "handler.handler";
}

/** As the tests' matrix of runtimes made them. */
const snapped = (Runtime: string): Input => ({
  ...given,
  Runtime,
  Handler: handlerOf(Runtime),
  MemorySize: 1024,
  Timeout: 5,
});

recorded(import.meta.url, "lambda-api", {
  async [`${L}lifecycle`](s) {
    await make(s);
    await s.is("get_fn_result", "GetFunction", { FunctionName });
    await s.is("get_fn_config_result", "GetFunctionConfiguration", { FunctionName });
    const described = { LicenseInfo: "license", Description: "description" };
    const { LayerVersionArn } = await publish(s, "publish_result", described);
    await publish(s, "publish_result_2", described);
    await s.is("update_fn_config", "UpdateFunctionConfiguration", { FunctionName, Layers: [LayerVersionArn] });
    await s.is("get_fn_config", "GetFunctionConfiguration", { FunctionName });
    await s.is("get_layer_ver_result", "GetLayerVersion", { LayerName, VersionNumber: 1 });
    await s.is("get_layer_by_arn_version", "GetLayerVersionByArn", { Arn: LayerVersionArn });
    await s.is("list_layer_versions_predelete", "ListLayerVersions", { LayerName });
    await s.is("delete_layer_1", "DeleteLayerVersion", { LayerName, VersionNumber: 1 });
    await s.is("get_fn_config_postdelete", "GetFunctionConfiguration", { FunctionName });
    await s.is("delete_layer_2", "DeleteLayerVersion", { LayerName, VersionNumber: 2 });
    await s.is("list_layer_versions_postdelete", "ListLayerVersions", { LayerName });
    await publish(s, "publish_result_3", described);
  },
  async [`${L}policy_exceptions`](s) {
    await publish(s, "publish_result");
    const version = { LayerName, VersionNumber: 1 };
    const get = (label: string, input: Input) => s.is(label, "GetLayerVersionPolicy", { ...version, ...input });
    const add = (label: string, input: Input) =>
      s.is(label, "AddLayerVersionPermission", {
        ...version,
        Action: "lambda:GetLayerVersion",
        Principal: "*",
        ...input,
      });
    const remove = (label: string, input: Input) =>
      s.is(label, "RemoveLayerVersionPermission", { ...version, StatementId: "s1", ...input });
    await get("layer_permission_nopolicy_get", {});
    await add("add_layer_permission_result", { StatementId: "s1" });
    await add("layer_permission_action_invalid", { StatementId: "s-other", Action: "*" });
    await add("layer_permission_duplicate_statement", { StatementId: "s1" });
    await add("layer_permission_wrong_revision", { StatementId: "s2", RevisionId: "wrong" });
    const unnamed = { LayerName: "layer-doesnotexist" };
    await add("layer_permission_layername_doesnotexist_add", { ...unnamed, StatementId: "s-other" });
    await get("layer_permission_layername_doesnotexist_get", unnamed);
    await remove("layer_permission_layername_doesnotexist_remove", unnamed);
    const second = { VersionNumber: 2 };
    await add("layer_permission_layerversion_doesnotexist_add", { ...second, StatementId: "s-other" });
    await get("layer_permission_layerversion_doesnotexist_get", second);
    await remove("layer_permission_layerversion_doesnotexist_remove", second);
    await remove("layer_permission_statementid_doesnotexist_remove", { StatementId: "doesnotexist" });
    await remove("layer_permission_wrong_revision_remove", { RevisionId: "wrong" });
  },
  async [`${L}policy_lifecycle`](s) {
    const version = { LayerName, VersionNumber: 1 };
    const get = async (label: string): Promise<unknown> =>
      (await s.is(label, "GetLayerVersionPolicy", version))["RevisionId"];
    const add = (label: string, input: Input) =>
      s.is(label, "AddLayerVersionPermission", {
        ...version,
        Action: "lambda:GetLayerVersion",
        Principal: "*",
        ...input,
      });
    await publish(s, "publish_result");
    await add("add_policy_s1", { StatementId: "s1" });
    await add("add_policy_s2", { StatementId: "s2", RevisionId: await get("get_layer_version_policy") });
    const RevisionId = await get("get_layer_version_policy_postadd2");
    await s.is("remove_s2", "RemoveLayerVersionPermission", { ...version, StatementId: "s2", RevisionId });
    await get("get_layer_version_policy_postdeletes2");
  },
  ...Object.fromEntries(
    RUNTIMES.split(" ").flatMap((runtime): [string, (s: Session) => Promise<void>][] => [
      [
        `${SNAPSTART}lifecycle[${runtime}]`,
        async (s) => {
          await s.is("create_function_response", "CreateFunction", snapped(runtime));
          await s.do("PublishVersion", { FunctionName, Description: "version1" });
          await s.is("get_function_response_latest", "GetFunction", { FunctionName });
          await s.is("get_function_response_version_1", "GetFunction", { FunctionName: `${FunctionName}:1` });
        },
      ],
      [
        `${SNAPSTART}update_function_configuration[${runtime}]`,
        async (s) => {
          await s.is("create_function_response", "CreateFunction", snapped(runtime));
          const SnapStart = { ApplyOn: "PublishedVersions" };
          await s.is("update_function_response", "UpdateFunctionConfiguration", { FunctionName, SnapStart });
        },
      ],
    ]),
  ),
});
