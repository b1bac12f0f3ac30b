// What DescribeParameters and GetParameterHistory tell of a version.

import type { ParameterMetadata } from "../../../models/ssm.d.ts";
import type { Parameter, ParameterVersion, SsmContext } from "../store.ts";
import { parameterArn } from "./parameter-names.ts";

export function metadataAnswer(
  context: SsmContext,
  { parameter, version }: { readonly parameter: Parameter; readonly version: ParameterVersion },
): ParameterMetadata {
  return { ARN: parameterArn(parameter.Name, context), ...versionFacts(parameter, version) };
}

export function versionFacts(parameter: Parameter, version: ParameterVersion): Omit<ParameterMetadata, "ARN"> {
  return {
    Name: parameter.Name,
    Type: parameter.Type,
    ...(version.keyId === undefined ? {} : { KeyId: version.keyId }),
    LastModifiedDate: new Date(version.modified),
    LastModifiedUser: version.user,
    ...(version.description === undefined ? {} : { Description: version.description }),
    ...(version.allowedPattern === undefined ? {} : { AllowedPattern: version.allowedPattern }),
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: version.dataType,
  };
}
