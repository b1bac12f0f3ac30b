// Where a function's code is, and whether its package says what it must.

import { resourceProblem } from "./problems.ts";
import type { Fields } from "./python-order.ts";
import { locationOf, type Resource } from "./resource.ts";
import { at, filled, isFields, textOf } from "./values.ts";

export function codeOf(logicalId: string, properties: Fields): Fields {
  const packaging = filled(properties["PackageType"]) ? properties["PackageType"] : "Zip";
  const given = (name: string): unknown => properties[name] ?? undefined;
  if (packaging === "Image") {
    if (given("ImageUri") === undefined) throw resourceProblem(logicalId, "'ImageUri' must be set.");
    if (!filled(given("ImageUri")))
      throw resourceProblem(logicalId, "'ImageUri' requires that a image hosted at a registry be specified.");
    return { ImageUri: given("ImageUri") };
  }
  if (packaging !== "Zip") {
    const shown = textOf(packaging) ?? JSON.stringify(packaging);
    throw resourceProblem(logicalId, `invalid 'PackageType' : ${shown}`);
  }
  const [inline, uri] = [given("InlineCode"), given("CodeUri")];
  if (inline === undefined && uri === undefined)
    throw resourceProblem(logicalId, "Only one of 'InlineCode' or 'CodeUri' can be set.");
  const code = inline === undefined ? codeAt(logicalId, "CodeUri", uri) : { ZipFile: inline };
  return filled(properties["SourceKMSKeyArn"]) ? { ...code, SourceKMSKeyArn: properties["SourceKMSKeyArn"] } : code;
}

const MEMBERS = [
  ["Bucket", "S3Bucket"],
  ["Key", "S3Key"],
  ["Version", "S3ObjectVersion"],
  ["StorageMode", "S3ObjectStorageMode"],
] as const;

/** Of functions and layers. */
export function codeAt(logicalId: string, property: string, uri: unknown): Fields {
  const text = textOf(uri);
  if (text === undefined && !isFields(uri))
    throw resourceProblem(logicalId, `'${property}' must be of type dict or string.`);
  const secret = /\{\{resolve:(ssm|ssm-secure|secretsmanager):[a-zA-Z0-9_.\-/]+(:\d+)?\}\}/.exec(text ?? "");
  if (secret?.[0].includes("/") === true)
    throw resourceProblem(
      logicalId,
      `Unsupported dynamic reference detected in '${property}'. Please consider using alternative 'FunctionCode' object format.`,
    );
  const location = locationOf(logicalId, property, uri);
  return Object.fromEntries(
    MEMBERS.filter(([name]) => Object.hasOwn(location, name)).map(([name, member]) => [member, location[name]]),
  );
}

export function checkPackage({ logicalId, properties }: Resource): void {
  const says = (name: string): boolean => filled(properties[name]);
  const image = filled(at(properties["Code"], "ImageUri"));
  if (properties["PackageType"] === "Image") {
    if (["Handler", "Runtime", "Layers"].some(says))
      throw resourceProblem(
        logicalId,
        "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`",
      );
    return;
  }
  if (!says("Runtime") || !says("Handler"))
    throw resourceProblem(logicalId, "Runtime and Handler needs to be present when PackageType is of type `Zip`");
  if (image || says("ImageConfig"))
    throw resourceProblem(logicalId, "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`");
}
