// Bodies against models: JSON schema draft 4, with findings in the words of AWS's validator.

import type { ErrorObject, ValidateFunction } from "ajv";
import { parsedJson } from "./parsed-json.ts";

/** A model of an API: its schema as text. */
export type NamedSchema = { readonly name: string; readonly schema: string };

/** Undefined when the body is as the model wants it; otherwise what is wrong, as `$context.error.validationErrorString` has it. */
export type BodyCheck = (body: string) => string | undefined;

export async function bodyCheck(model: NamedSchema, models: readonly NamedSchema[]): Promise<BodyCheck> {
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, verbose: true, logger: false });
  for (const other of models) {
    const schema = parsedJson(other.schema);
    if (isObject(schema)) ajv.addSchema(draft7(schema) as object, `model:${other.name}`);
  }
  // By its name, so that models that refer to it find it.
  const validate = ajv.getSchema(`model:${model.name}`) ?? ajv.compile({});
  return (body) => checkText(body, validate);
}

function checkText(body: string, validate: ValidateFunction): string | undefined {
  if (body === "") return "[Unable to parse request body]";
  const value = parsedJson(body);
  if (value === undefined) return "[Unable to parse request body]";
  if (validate(value)) return undefined;
  return `[${sentences(validate.errors ?? []).join(", ")}]`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const MODEL = /^https?:\/\/apigateway\.[^/]+\/(?:rest)?apis\/[^/]+\/models\/([A-Za-z0-9]+)(.*)$/;

/** Draft 4 as today's validator reads it: exclusive bounds are numbers there, models are known by our names. */
function draft7(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(draft7);
  if (!isObject(schema)) return schema;
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if ((name === "$schema" || name === "id") && typeof value === "string") continue;
    if (name === "$ref" && typeof value === "string")
      out[name] = value.replace(
        MODEL,
        (_all, model: string, rest: string) => `model:${model}${rest.startsWith("#") ? rest : "#"}`,
      );
    else if ((name === "exclusiveMinimum" || name === "exclusiveMaximum") && typeof value === "boolean") continue;
    else out[name] = name === "enum" || name === "default" || name === "const" ? value : draft7(value);
  }
  if (schema["exclusiveMinimum"] === true && schema["minimum"] !== undefined) {
    out["exclusiveMinimum"] = schema["minimum"];
    delete out["minimum"];
  }
  if (schema["exclusiveMaximum"] === true && schema["maximum"] !== undefined) {
    out["exclusiveMaximum"] = schema["maximum"];
    delete out["maximum"];
  }
  return out;
}

function sentences(errors: readonly ErrorObject[]): string[] {
  const gathered = new Map<string, string[]>();
  for (const error of errors) {
    const { keyword, instancePath, params } = error;
    if (keyword !== "required" && keyword !== "additionalProperties") continue;
    const name = String(
      (params as Readonly<Record<string, unknown>>)[keyword === "required" ? "missingProperty" : "additionalProperty"],
    );
    const place = `${keyword} ${instancePath}`;
    gathered.set(place, [...(gathered.get(place) ?? []), name]);
  }
  const told = new Set<string>();
  return errors.flatMap((error) => {
    const place = `${error.keyword} ${error.instancePath}`;
    const names = gathered.get(place)?.toSorted();
    if (names === undefined) return [sentence(error)];
    if (told.has(place)) return [];
    told.add(place);
    const list = names.map((name) => JSON.stringify(name)).join(",");
    return [
      error.keyword === "required"
        ? `object has missing required properties ([${list}])`
        : `object instance has properties which are not allowed by the schema: [${list}]`,
    ];
  });
}

function sentence({ keyword, params, data, message }: ErrorObject): string {
  const { limit, pattern, allowedValues, type } = params as Readonly<Record<string, unknown>>;
  const shown = JSON.stringify(data);
  const length = typeof data === "string" ? Array.from(data).length : Array.isArray(data) ? data.length : 0;
  switch (keyword) {
    case "type": {
      const allowed = (Array.isArray(type) ? type : [type]).map((each) => JSON.stringify(each)).join(",");
      return `instance type (${typeName(data)}) does not match any allowed primitive type (allowed: [${allowed}])`;
    }
    case "enum":
      return `instance value (${shown}) not found in enum (possible values: ${JSON.stringify(allowedValues)})`;
    case "minLength":
      return `string ${shown} is too short (length: ${length}, required minimum: ${String(limit)})`;
    case "maxLength":
      return `string ${shown} is too long (length: ${length}, maximum allowed: ${String(limit)})`;
    case "minimum":
      return `numeric instance is lower than the required minimum (minimum: ${String(limit)}, found: ${shown})`;
    case "maximum":
      return `numeric instance is greater than the required maximum (maximum: ${String(limit)}, found: ${shown})`;
    case "exclusiveMinimum":
      return `numeric instance is not strictly greater than the required minimum ${String(limit)}`;
    case "exclusiveMaximum":
      return `numeric instance is not strictly lower than the required maximum ${String(limit)}`;
    case "pattern":
      return `ECMA 262 regex ${JSON.stringify(pattern)} does not match input string ${shown}`;
    case "minItems":
      return `array is too short: must have at least ${String(limit)} elements but instance has ${length} elements`;
    case "maxItems":
      return `array is too long: must have at most ${String(limit)} elements but instance has ${length} elements`;
    default:
      return message ?? keyword;
  }
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
