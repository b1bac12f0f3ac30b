// Files of API keys: comma-separated values under a line of names.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html

import { badRequest } from "../errors.ts";

export type KeyLine = {
  readonly name: string;
  readonly value: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly usagePlans: readonly string[];
};

export function keyLines(body: Uint8Array): readonly KeyLine[] {
  const [head = "", ...lines] = Buffer.from(body)
    .toString("utf8")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const names = fieldsOf(head).map((name) => name.toLowerCase());
  const unknown = names.find((name) => !COLUMNS.has(name));
  if (!names.includes("key") || unknown !== undefined)
    throw badRequest(
      "Unable to import API keys: the file must have the columns Name,key,description,Enabled,usageplanIds",
    );
  return lines.map((line) => lineOf(names, fieldsOf(line)));
}

const COLUMNS: ReadonlySet<string> = new Set(["name", "key", "description", "enabled", "usageplanids"]);

function lineOf(names: readonly string[], fields: readonly string[]): KeyLine {
  const of = (name: string): string => fields[names.indexOf(name)] ?? "";
  return {
    name: of("name"),
    value: of("key"),
    description: of("description"),
    enabled: of("enabled").toLowerCase() === "true",
    usagePlans: of("usageplanids")
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  };
}

/** Values may stand between quotes, which are doubled inside. */
function fieldsOf(line: string): readonly string[] {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(found, ([, quoted, plain = ""]) =>
    (quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim(),
  );
}
