// Sets models as JSON text: compact, one operation, shape or type a line, so that diffs read well.
import type { ServiceModel } from "../../hangar/models/model.ts";

export const writtenLines = (entries: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(entries)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(",\n")}\n}`;

export const writtenModel = ({ operations, shapes, ...facts }: ServiceModel): string =>
  `${JSON.stringify(facts).slice(0, -1)},\n"operations":${writtenLines(operations)},\n"shapes":${writtenLines(shapes)}}\n`;
