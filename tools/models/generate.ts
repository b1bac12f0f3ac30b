// `npm run models`: writes hangar/models/ from the installed SDK clients, the constraint files and the CDK's service spec.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { cloudFormationFiles, serviceFiles } from "./generated-files.ts";
import { serviceSources } from "./services.ts";

const models = new URL("../../hangar/models/", import.meta.url);

const write = (text: string, file: string): void => {
  const path = fileURLToPath(new URL(file, models));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

for (const source of serviceSources) serviceFiles(source).forEach(write);
cloudFormationFiles().forEach(write);

// What tells a service from its request, in one small file, so that no model need be parsed to find the one that is asked.
const { loadModel, serviceNames } = await import("../../hangar/models/load.ts");
const directory = serviceNames().map((name) => {
  const { service, signingName, endpointPrefix, apiVersion, targetPrefix, protocols } = loadModel(name);
  return {
    service,
    signingName,
    endpointPrefix,
    apiVersion,
    ...(targetPrefix === undefined ? {} : { targetPrefix }),
    protocol: protocols[0],
  };
});
writeFileSync(
  fileURLToPath(new URL("../../hangar/gateway/service-directory.json", import.meta.url)),
  `${JSON.stringify(directory, null, 1)}\n`,
);
