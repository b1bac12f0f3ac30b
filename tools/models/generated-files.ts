// Every file of hangar/models/ that is generated, as text by path: what `npm run models` writes and the freshness test compares.
import { cloudFormationFile } from "../../hangar/models/load.ts";
import type { CloudFormationType } from "../../hangar/models/model.ts";
import { compileCloudFormation } from "./compile-cloudformation.ts";
import { compileService } from "./compile-service.ts";
import { declarations } from "./declarations.ts";
import type { ServiceSource } from "./services.ts";
import { writtenLines, writtenModel } from "./written-form.ts";

type Files = ReadonlyMap<string, string>;

export const serviceFiles = (source: ServiceSource): Files => {
  const model = compileService(source);
  return new Map([
    [`${source.service}.json`, writtenModel(model)],
    [`${source.service}.d.ts`, declarations(model)],
  ]);
};

/** One file a CloudFormation service, keyed by type, and the list of all types. */
export const cloudFormationFiles = (): Files => {
  const types = compileCloudFormation();
  const byFile = Map.groupBy(types, ({ type }) => cloudFormationFile(type));
  const files = new Map(
    [...byFile].map(([file, held]) => [
      file,
      `${writtenLines(Object.fromEntries(held.map((type: CloudFormationType) => [type.type, type])))}\n`,
    ]),
  );
  return files.set(
    "cloudformation/type-names.json",
    `${JSON.stringify(types.map(({ type }) => type)).replaceAll(",", ",\n")}\n`,
  );
};
