// Writes what is generated: the coverage section of every service's README, docs/coverage.md, the ledger of `hangar check`, the examples on pages, docs/hangar-api.yaml; `npm run docs`.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel, serviceNames } from "../../hangar/models/load.ts";
import { root, serviceRooms, textOf, type ServiceRoom } from "../architecture/house.ts";
import { coverageOf, coverageSection, withSection } from "./coverage.ts";
import { LEDGER, ledgerText } from "./ledger.ts";
import { API_FILE, apiFile, ROUTES_PAGE, withRoutes } from "./open-api.ts";
import { allExamples, pagesWithExamples, withExamples } from "./examples.ts";

function write(file: string, text: string): void {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  writeFileSync(path, text);
  console.log(`wrote ${file}`);
}

function writeReadme(room: ServiceRoom): void {
  if (room.definition === undefined || room.model === undefined) {
    console.error(`${room.name}: ${room.problem ?? "has no model"}`);
    process.exitCode = 1;
    return;
  }
  const file = `${room.folder}/README.md`;
  const readme = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : `# ${room.model.serviceId}\n`;
  write(file, withSection(readme, coverageSection(room.definition, room.model)));
}

function indexRow(name: string, rooms: ReadonlyMap<string, ServiceRoom>): string {
  const model = loadModel(name);
  const definition = rooms.get(name)?.definition;
  const total = Object.keys(model.operations).length;
  if (definition === undefined) return `| ${model.serviceId} | 0 of ${total} | |`;
  const { covered } = coverageOf(definition, model);
  const types = (definition.resources ?? []).map((resource) => `\`${resource.type}\``).toSorted();
  return `| [${model.serviceId}](../hangar/services/${name}/README.md) | ${covered.length} of ${total} | ${types.join(", ")} |`;
}

const rooms = await serviceRooms();
for (const room of rooms) writeReadme(room);
const byName = new Map(rooms.map((room) => [room.name, room]));
write(
  "docs/coverage.md",
  [
    "# What is covered",
    "",
    "Written by `npm run docs` from each service's `service.ts` and AWS's own model. What is not covered answers `NotEmulated`, by name.",
    "",
    "| service | operations | CloudFormation types |",
    "|---|---|---|",
    ...serviceNames().map((name) => indexRow(name, byName)),
    "",
  ].join("\n"),
);
write(LEDGER, ledgerText(rooms));
const examples = allExamples();
for (const page of pagesWithExamples()) write(page, withExamples(page, textOf(page), examples));
write(API_FILE, apiFile());
write(ROUTES_PAGE, withRoutes(textOf(ROUTES_PAGE)));
