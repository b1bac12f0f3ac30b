// Every error of Parameter Store, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

/** AWS says nothing more than the code. */
export function parameterNotFound(): AwsError {
  return new AwsError("ParameterNotFound", "");
}

export function parameterVersionNotFound(name: string, selector: string): AwsError {
  const what = /^\d+$/.test(selector) ? `version ${selector}` : `a version with the label ${selector}`;
  return new AwsError(
    "ParameterVersionNotFound",
    `Systems Manager could not find ${what} of ${name}. Verify the version and try again.`,
  );
}

export function parameterAlreadyExists(): AwsError {
  return new AwsError(
    "ParameterAlreadyExists",
    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  );
}

export function validationException(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message);
}

export function hierarchyTooDeep(): AwsError {
  return new AwsError(
    "HierarchyLevelLimitExceededException",
    "A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.",
  );
}

export function typeMismatch(): AwsError {
  return new AwsError(
    "HierarchyTypeMismatchException",
    "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter.",
  );
}

export function patternMismatch(pattern: string): AwsError {
  return new AwsError(
    "ParameterPatternMismatchException",
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );
}

export function invalidAllowedPattern(): AwsError {
  return new AwsError("InvalidAllowedPatternException", "The request doesn't meet the regular expression requirement.");
}

export function unsupportedType(): AwsError {
  return new AwsError("UnsupportedParameterType", "The parameter type isn't supported.");
}

export function maxVersions(name: string, oldest: number): AwsError {
  return new AwsError(
    "ParameterMaxVersionLimitExceeded",
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
}

export function labelLimit(): AwsError {
  return new AwsError("ParameterVersionLabelLimitExceeded", "A parameter version can have a maximum of ten labels.");
}

export function invalidFilterKey(key: string): AwsError {
  return new AwsError(
    "InvalidFilterKey",
    `The following filter key is not valid: ${key}. Valid filter keys include: [Type, KeyId].`,
  );
}

export function invalidFilterOption(option: string): AwsError {
  return new AwsError(
    "InvalidFilterOption",
    `The following filter option is not valid: ${option}. Valid options include: [BeginsWith, Equals].`,
  );
}

export function invalidResourceId(): AwsError {
  return new AwsError(
    "InvalidResourceId",
    "The resource ID is not valid. Verify that you entered the correct ID and try again.",
  );
}

export function tooManyTags(): AwsError {
  return new AwsError(
    "TooManyTagsError",
    "The Targets parameter includes too many tags. Remove one or more tags and try the command again.",
  );
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextToken", "The specified token is not valid.");
}
