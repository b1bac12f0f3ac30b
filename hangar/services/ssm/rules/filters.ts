// Filters of DescribeParameters and GetParametersByPath.

import type { ParameterStringFilter } from "../../../models/ssm.d.ts";
import { invalidFilterKey, invalidFilterOption } from "../errors.ts";
import { newestOf, type Parameter } from "../store.ts";

export function meetsAll(parameter: Parameter, filters: readonly ParameterStringFilter[]): boolean {
  return filters.every((filter) => meets(parameter, filter));
}

function meets(parameter: Parameter, { Key, Option = "Equals", Values = [] }: ParameterStringFilter): boolean {
  const newest = newestOf(parameter);
  if (Key === "Path") return Values.some((path) => isUnder(parameter.Name, path, Option === "Recursive"));
  if (Key === "Name")
    return Values.some(
      (value) =>
        compare(withSlash(parameter.Name), withSlash(value), Option) ||
        (Option === "Contains" && parameter.Name.includes(value)),
    );
  if (Key === "Type") return Values.some((value) => compare(parameter.Type, value, Option));
  if (Key === "KeyId") return Values.some((value) => compare(newest.keyId ?? "", value, Option));
  if (Key === "Tier") return Values.includes(newest.tier);
  if (Key === "DataType") return Values.includes(newest.dataType);
  if (Key === "Label")
    return parameter.versions.some((version) =>
      version.labels.some((label) => Values.some((value) => compare(label, value, Option))),
    );
  if (Key.startsWith("tag:")) {
    const tag = parameter.tags.find((each) => each.Key === Key.slice(4));
    return tag !== undefined && (Values.length === 0 || Values.includes(tag.Value));
  }
  throw invalidFilterKey(Key);
}

function compare(text: string, value: string, option: string): boolean {
  if (option === "Equals") return text === value;
  if (option === "BeginsWith") return text.startsWith(value);
  if (option === "Contains") return text.includes(value);
  throw invalidFilterOption(option);
}

function withSlash(name: string): string {
  return name.startsWith("/") ? name : `/${name}`;
}

export function isUnder(name: string, path: string, recursive: boolean): boolean {
  const folder = path.endsWith("/") ? path : `${path}/`;
  if (folder === "/" && !name.startsWith("/")) return recursive || !name.includes("/");
  return name.startsWith(folder) && (recursive || !name.slice(folder.length).includes("/"));
}
