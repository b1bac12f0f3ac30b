// Where the AWS SDK is looked for that Lambda's Node runtime brings.

import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Scopes of what the runtime brings; as in bootstrap/node/modules.mjs. */
const SCOPES = ["@aws-sdk", "@smithy", "@aws-crypto", "@aws"];

let places: readonly string[] | undefined;
let folders: readonly string[] | undefined;

/** The project that deploys, then wherever Hangar itself is installed. */
export function modulePlaces(): readonly string[] {
  return (places ??= findPlaces());
}

/** The node_modules of those places, and the ones that links in them lead to: packages that are linked, or kept in a store. */
export function moduleFolders(): readonly string[] {
  return (folders ??= modulePlaces()
    .map((place) => join(place, "node_modules"))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...linkedFolders(folder)]));
}

function findPlaces(): string[] {
  const own: string[] = [];
  for (
    let directory = dirname(fileURLToPath(import.meta.url));
    directory !== dirname(directory);
    directory = dirname(directory)
  ) {
    if (existsSync(join(directory, "node_modules"))) own.push(directory);
  }
  return [process.cwd(), ...own];
}

function linkedFolders(folder: string): string[] {
  const scopes = SCOPES.map((scope) => join(folder, scope)).filter((scope) => existsSync(scope));
  const packages = scopes.flatMap((scope) =>
    readdirSync(scope, { withFileTypes: true }).map((entry) => ({ path: join(scope, entry.name), entry })),
  );
  const links = packages.filter(({ path, entry }) => entry.isSymbolicLink() && existsSync(path));
  return [...scopes, ...links.map(({ path }) => path)].map((path) => outermostModules(realpathSync(path)));
}

/** What a package itself requires is in the same node_modules, or in one around it. */
function outermostModules(path: string): string {
  const [before, ...rest] = path.split("/node_modules/");
  return rest.length === 0 ? path : `${before}/node_modules`;
}
