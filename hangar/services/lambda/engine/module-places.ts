// Where the AWS SDK is looked for that Lambda's Node runtime brings.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let places: readonly string[] | undefined;

/** The project that deploys, then wherever Hangar itself is installed. */
export function modulePlaces(): readonly string[] {
  return (places ??= findPlaces());
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
