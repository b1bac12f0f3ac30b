// The table of contents of operations/: API names and their operations.

import type { ServiceDefinition } from "../../../cloud/service.ts";
import type { Tables } from "../store.ts";
import { createAlias } from "../operations/alias/create-alias.ts";
import { deleteAlias } from "../operations/alias/delete-alias.ts";
import { getAlias } from "../operations/alias/get-alias.ts";
import { listAliases } from "../operations/alias/list-aliases.ts";
import { updateAlias } from "../operations/alias/update-alias.ts";
import { createCodeSigningConfig } from "../operations/code-signing/create-code-signing-config.ts";
import { deleteCodeSigningConfig } from "../operations/code-signing/delete-code-signing-config.ts";
import { deleteFunctionCodeSigningConfig } from "../operations/code-signing/delete-function-code-signing-config.ts";
import { getCodeSigningConfig } from "../operations/code-signing/get-code-signing-config.ts";
import { getFunctionCodeSigningConfig } from "../operations/code-signing/get-function-code-signing-config.ts";
import { listCodeSigningConfigs } from "../operations/code-signing/list-code-signing-configs.ts";
import { listFunctionsByCodeSigningConfig } from "../operations/code-signing/list-functions-by-code-signing-config.ts";
import { putFunctionCodeSigningConfig } from "../operations/code-signing/put-function-code-signing-config.ts";
import { updateCodeSigningConfig } from "../operations/code-signing/update-code-signing-config.ts";
import { deleteFunctionConcurrency } from "../operations/concurrency/delete-function-concurrency.ts";
import { deleteProvisionedConcurrencyConfig } from "../operations/concurrency/delete-provisioned-concurrency-config.ts";
import { getFunctionConcurrency } from "../operations/concurrency/get-function-concurrency.ts";
import { getProvisionedConcurrencyConfig } from "../operations/concurrency/get-provisioned-concurrency-config.ts";
import { listProvisionedConcurrencyConfigs } from "../operations/concurrency/list-provisioned-concurrency-configs.ts";
import { putFunctionConcurrency } from "../operations/concurrency/put-function-concurrency.ts";
import { putProvisionedConcurrencyConfig } from "../operations/concurrency/put-provisioned-concurrency-config.ts";
import { deleteFunctionEventInvokeConfig } from "../operations/event-invoke/delete-function-event-invoke-config.ts";
import { getFunctionEventInvokeConfig } from "../operations/event-invoke/get-function-event-invoke-config.ts";
import { listFunctionEventInvokeConfigs } from "../operations/event-invoke/list-function-event-invoke-configs.ts";
import { putFunctionEventInvokeConfig } from "../operations/event-invoke/put-function-event-invoke-config.ts";
import { updateFunctionEventInvokeConfig } from "../operations/event-invoke/update-function-event-invoke-config.ts";
import { createEventSourceMapping } from "../operations/event-source-mapping/create-event-source-mapping.ts";
import { deleteEventSourceMapping } from "../operations/event-source-mapping/delete-event-source-mapping.ts";
import { getEventSourceMapping } from "../operations/event-source-mapping/get-event-source-mapping.ts";
import { listEventSourceMappings } from "../operations/event-source-mapping/list-event-source-mappings.ts";
import { updateEventSourceMapping } from "../operations/event-source-mapping/update-event-source-mapping.ts";
import { createFunction } from "../operations/function/create-function.ts";
import { deleteFunction } from "../operations/function/delete-function.ts";
import { getAccountSettings } from "../operations/function/get-account-settings.ts";
import { getFunctionConfiguration } from "../operations/function/get-function-configuration.ts";
import { getFunctionRecursionConfig } from "../operations/function/get-function-recursion-config.ts";
import { getFunction } from "../operations/function/get-function.ts";
import { getRuntimeManagementConfig } from "../operations/function/get-runtime-management-config.ts";
import { listFunctions } from "../operations/function/list-functions.ts";
import { putFunctionRecursionConfig } from "../operations/function/put-function-recursion-config.ts";
import { putRuntimeManagementConfig } from "../operations/function/put-runtime-management-config.ts";
import { updateFunctionCode } from "../operations/function/update-function-code.ts";
import { updateFunctionConfiguration } from "../operations/function/update-function-configuration.ts";
import { invokeAsync } from "../operations/invoke/invoke-async.ts";
import { invokeWithResponseStream } from "../operations/invoke/invoke-with-response-stream.ts";
import { invoke } from "../operations/invoke/invoke.ts";
import { addLayerVersionPermission } from "../operations/layer/add-layer-version-permission.ts";
import { deleteLayerVersion } from "../operations/layer/delete-layer-version.ts";
import { getLayerVersionByArn } from "../operations/layer/get-layer-version-by-arn.ts";
import { getLayerVersionPolicy } from "../operations/layer/get-layer-version-policy.ts";
import { getLayerVersion } from "../operations/layer/get-layer-version.ts";
import { listLayerVersions } from "../operations/layer/list-layer-versions.ts";
import { listLayers } from "../operations/layer/list-layers.ts";
import { publishLayerVersion } from "../operations/layer/publish-layer-version.ts";
import { removeLayerVersionPermission } from "../operations/layer/remove-layer-version-permission.ts";
import { deleteResourcePolicy } from "../operations/permission/delete-resource-policy.ts";
import { getResourcePolicy } from "../operations/permission/get-resource-policy.ts";
import { putResourcePolicy } from "../operations/permission/put-resource-policy.ts";
import { addPermission } from "../operations/permission/add-permission.ts";
import { getPolicy } from "../operations/permission/get-policy.ts";
import { removePermission } from "../operations/permission/remove-permission.ts";
import { listTags } from "../operations/tag/list-tags.ts";
import { tagResource } from "../operations/tag/tag-resource.ts";
import { untagResource } from "../operations/tag/untag-resource.ts";
import { createFunctionUrlConfig } from "../operations/url/create-function-url-config.ts";
import { deleteFunctionUrlConfig } from "../operations/url/delete-function-url-config.ts";
import { getFunctionUrlConfig } from "../operations/url/get-function-url-config.ts";
import { listFunctionUrlConfigs } from "../operations/url/list-function-url-configs.ts";
import { updateFunctionUrlConfig } from "../operations/url/update-function-url-config.ts";
import { listVersionsByFunction } from "../operations/version/list-versions-by-function.ts";
import { publishVersion } from "../operations/version/publish-version.ts";

export const operations: ServiceDefinition<Tables>["operations"] = {
  AddLayerVersionPermission: addLayerVersionPermission,
  AddPermission: addPermission,
  CreateAlias: createAlias,
  CreateCodeSigningConfig: createCodeSigningConfig,
  CreateEventSourceMapping: createEventSourceMapping,
  CreateFunction: createFunction,
  CreateFunctionUrlConfig: createFunctionUrlConfig,
  DeleteAlias: deleteAlias,
  DeleteCodeSigningConfig: deleteCodeSigningConfig,
  DeleteEventSourceMapping: deleteEventSourceMapping,
  DeleteFunction: deleteFunction,
  DeleteFunctionCodeSigningConfig: deleteFunctionCodeSigningConfig,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
  DeleteFunctionUrlConfig: deleteFunctionUrlConfig,
  DeleteLayerVersion: deleteLayerVersion,
  DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
  DeleteResourcePolicy: deleteResourcePolicy,
  GetAccountSettings: getAccountSettings,
  GetAlias: getAlias,
  GetCodeSigningConfig: getCodeSigningConfig,
  GetEventSourceMapping: getEventSourceMapping,
  GetFunction: getFunction,
  GetFunctionCodeSigningConfig: getFunctionCodeSigningConfig,
  GetFunctionConcurrency: getFunctionConcurrency,
  GetFunctionConfiguration: getFunctionConfiguration,
  GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
  GetFunctionRecursionConfig: getFunctionRecursionConfig,
  GetFunctionUrlConfig: getFunctionUrlConfig,
  GetLayerVersion: getLayerVersion,
  GetLayerVersionByArn: getLayerVersionByArn,
  GetLayerVersionPolicy: getLayerVersionPolicy,
  GetPolicy: getPolicy,
  GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
  GetResourcePolicy: getResourcePolicy,
  GetRuntimeManagementConfig: getRuntimeManagementConfig,
  Invoke: invoke,
  InvokeAsync: invokeAsync,
  InvokeWithResponseStream: invokeWithResponseStream,
  ListAliases: listAliases,
  ListCodeSigningConfigs: listCodeSigningConfigs,
  ListEventSourceMappings: listEventSourceMappings,
  ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
  ListFunctionUrlConfigs: listFunctionUrlConfigs,
  ListFunctions: listFunctions,
  ListFunctionsByCodeSigningConfig: listFunctionsByCodeSigningConfig,
  ListLayerVersions: listLayerVersions,
  ListLayers: listLayers,
  ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
  ListTags: listTags,
  ListVersionsByFunction: listVersionsByFunction,
  PublishLayerVersion: publishLayerVersion,
  PublishVersion: publishVersion,
  PutFunctionCodeSigningConfig: putFunctionCodeSigningConfig,
  PutFunctionConcurrency: putFunctionConcurrency,
  PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
  PutFunctionRecursionConfig: putFunctionRecursionConfig,
  PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
  PutResourcePolicy: putResourcePolicy,
  PutRuntimeManagementConfig: putRuntimeManagementConfig,
  RemoveLayerVersionPermission: removeLayerVersionPermission,
  RemovePermission: removePermission,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAlias: updateAlias,
  UpdateCodeSigningConfig: updateCodeSigningConfig,
  UpdateEventSourceMapping: updateEventSourceMapping,
  UpdateFunctionCode: updateFunctionCode,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
  UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
  UpdateFunctionUrlConfig: updateFunctionUrlConfig,
};
