// What AWS's JSON services say when a value has the wrong JSON type. Wording as DynamoDB answers it.
import { AwsError } from "../kernel/aws-error.ts";
import type { Shape } from "../models/model.ts";

export const serialisationError = (message: string): AwsError => new AwsError("SerializationException", message);

const javaName: Readonly<Record<string, string>> = {
  string: "String",
  boolean: "Boolean",
  integer: "Integer",
  long: "Long",
  float: "Float",
  double: "Double",
  bigInteger: "BigInteger",
  bigDecimal: "BigDecimal",
  timestamp: "Date",
};

const tokenOf = (value: boolean | number | string): string => {
  if (typeof value === "string") return "STRING_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
};

const simpleMismatch = (value: unknown, type: string): string => {
  if (Array.isArray(value))
    return type === "blob"
      ? "Unrecognized collection type class java.nio.ByteBuffer"
      : `Unrecognized collection type class java.lang.${javaName[type] ?? "Object"}`;
  if (typeof value === "object") return "Start of structure or map found where not expected";
  if (type === "blob") return "only base-64-encoded strings are convertible to bytes";
  if (type === "boolean" && typeof value === "string") return "Unexpected token received from parser";
  return `${tokenOf(value as boolean | number | string)} cannot be converted to ${javaName[type] ?? type}`;
};

const aggregateMismatch = (value: unknown, type: "structure" | "union" | "list" | "map"): string => {
  if (type === "list")
    return typeof value === "object" ? "Start of structure or map found where not expected" : "Unexpected field type";
  if (Array.isArray(value))
    return type === "map" ? "Unrecognized collection type java.util.Map" : "Start of list found where not expected";
  return type === "map" ? "Unexpected field type" : "Unexpected value type in payload";
};

export const jsonMismatch = (value: unknown, shape: Shape): AwsError => {
  switch (shape.type) {
    case "structure":
    case "union":
    case "list":
    case "map":
      return serialisationError(aggregateMismatch(value, shape.type));
    default:
      return serialisationError(simpleMismatch(value, shape.type));
  }
};
