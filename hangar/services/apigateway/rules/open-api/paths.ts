// Where the paths of an OpenAPI document stand: its base path ignored, put before, or split off.

import { badRequest } from "../../errors.ts";
import { isNode, nodeAt, textAt, type Document } from "../../../../kernel/open-api-document.ts";

export type BasePathMode = "ignore" | "prepend" | "split";

export function basePathMode(parameters: Readonly<Record<string, string>>): BasePathMode {
  const mode = parameters["basepath"] ?? parameters["basePath"] ?? "ignore";
  if (mode !== "ignore" && mode !== "prepend" && mode !== "split")
    throw badRequest(`Invalid basepath mode: ${mode}. Valid values are ignore, prepend, split`);
  return mode;
}

/** Segments of a path of the document, in the tree of the API. */
export function segmentsOf(path: string, base: readonly string[], mode: BasePathMode): readonly string[] {
  const own = parts(path);
  if (mode === "ignore") return own;
  return [...(mode === "prepend" ? base : base.slice(1)), ...own];
}

export function basePathOf({ root, swagger }: Document): readonly string[] {
  if (swagger) return parts(textAt(root, "basePath") ?? "");
  const servers = root["servers"];
  const server: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isNode(server)) return [];
  const variables = nodeAt(server, "variables");
  const url = (textAt(server, "url") ?? "").replace(
    /\{([^}]+)\}/g,
    (_all, name: string) => textAt(nodeAt(variables, name), "default") ?? "",
  );
  return parts(url.replace(/^[a-z]+:\/\/[^/]*/i, ""));
}

function parts(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}
