// What PutParameter checks before a version comes into being.

import type { PutParameterInput } from "../../../models/ssm.d.ts";
import {
  invalidAllowedPattern,
  maxVersions,
  patternMismatch,
  typeMismatch,
  unsupportedType,
  validationException,
} from "../errors.ts";
import { newestOf, type Parameter, type ParameterType, type ParameterVersion } from "../store.ts";

const LIMITS = { Standard: 4096, Advanced: 8192 } as const;
const KEPT = 100;
const DATA_TYPES = ["text", "aws:ec2:image", "aws:ssm:integration"];

export function typeFor(input: PutParameterInput, present: Parameter | undefined): ParameterType {
  if (input.Type === undefined && present === undefined)
    throw validationException("A parameter type is required when you create a parameter.");
  const type = input.Type ?? present?.Type;
  if (type !== "String" && type !== "StringList" && type !== "SecureString") throw unsupportedType();
  if (present !== undefined && present.Type !== type) throw typeMismatch();
  return type;
}

export function tierFor(input: PutParameterInput, present: Parameter | undefined): "Standard" | "Advanced" {
  const length = input.Value.length;
  const before = present === undefined ? undefined : newestOf(present).tier;
  if (input.Tier === "Intelligent-Tiering")
    return before === "Advanced" || length > LIMITS.Standard ? checkedLength("Advanced", length) : "Standard";
  if (input.Tier === "Standard" && before === "Advanced") {
    throw validationException(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  }
  return checkedLength(input.Tier === "Advanced" || before === "Advanced" ? "Advanced" : "Standard", length);
}

function checkedLength(tier: "Standard" | "Advanced", length: number): "Standard" | "Advanced" {
  if (length <= LIMITS[tier]) return tier;
  const more =
    tier === "Standard"
      ? " To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
      : "";
  throw validationException(
    `${tier} tier parameters support a maximum parameter value of ${LIMITS[tier]} characters.${more}`,
  );
}

export function checkPattern(value: string, pattern: string | undefined): void {
  if (pattern === undefined || pattern === "") return;
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    throw invalidAllowedPattern();
  }
  if (!expression.test(value)) throw patternMismatch(pattern);
}

export function checkDataType(dataType: string | undefined): void {
  if (dataType === undefined || DATA_TYPES.includes(dataType)) return;
  throw validationException(
    `The following data type is not supported: ${dataType} (Data type names must be all lowercase.)`,
  );
}

/** The hundred newest; one with a label is never pushed out. */
export function withVersion(parameter: Parameter, version: ParameterVersion): Parameter {
  const all = [...parameter.versions, version];
  const [oldest] = all;
  if (all.length <= KEPT || oldest === undefined) return { ...parameter, versions: all };
  if (oldest.labels.length > 0) throw maxVersions(parameter.Name, oldest.version);
  return { ...parameter, versions: all.slice(1) };
}
