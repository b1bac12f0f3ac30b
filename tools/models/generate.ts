// `npm run models`: writes hangar/models/ from the installed SDK clients, the constraint files and the CDK's service spec.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { compileService } from "./compile-service.ts";
import { declarations } from "./declarations.ts";
import { serviceSources } from "./services.ts";
import { writtenModel } from "./written-form.ts";

const models = new URL("../../hangar/models/", import.meta.url);

const write = (file: string, text: string): void => {
  const path = fileURLToPath(new URL(file, models));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

for (const source of serviceSources) {
  const model = compileService(source);
  write(`${source.service}.json`, writtenModel(model));
  write(`${source.service}.d.ts`, declarations(model));
}
