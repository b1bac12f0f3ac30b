// Loads compiled models on demand: one file a service, parsed once and kept.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import type { CloudFormationType, ServiceModel } from "./model.ts";

const here = new URL("./", import.meta.url);
const parsed = new Map<string, unknown>();

const load = (file: string): unknown => {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const value: unknown = JSON.parse(readFileSync(new URL(file, here), "utf8"));
  parsed.set(file, value);
  return value;
};

const models = new Map<string, ServiceModel>();

export const loadModel = (service: string): ServiceModel => {
  let model = models.get(service);
  if (model === undefined) models.set(service, (model = load(`${service}.json`) as ServiceModel));
  return model;
};

/** Every service with a model, by file name. */
export const serviceNames = (): readonly string[] =>
  readdirSync(here)
    .flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []))
    .sort();

/** Where a type's facts stand: `AWS::S3::Bucket` in `cloudformation/s3.json`, `Alexa::ASK::Skill` in `alexa-ask.json`. */
export const cloudFormationFile = (type: string): string => {
  const [vendor = "", service = ""] = type.toLowerCase().split("::");
  return `cloudformation/${vendor === "aws" ? service : `${vendor}-${service}`}.json`;
};

const texts = new Map<string, string>();

/** A template may name any type: only files of ours are opened. */
const textOf = (file: string): string => {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const url = new URL(file, here);
  if (!/^cloudformation\/[a-z0-9-]+\.json$/.test(file) || !existsSync(url)) return "";
  const text = readFileSync(url, "utf8");
  texts.set(file, text);
  return text;
};

/** The file has a line a type; parsing that line alone spares the hundred other types of a large service. */
const parseType = (type: string): CloudFormationType | undefined => {
  const text = textOf(cloudFormationFile(type));
  const label = `\n${JSON.stringify(type)}:`;
  const start = text.indexOf(label);
  if (start === -1) return undefined;
  const line = text.slice(start + label.length, text.indexOf("\n", start + label.length));
  return JSON.parse(line.endsWith(",") ? line.slice(0, -1) : line) as CloudFormationType;
};

const types = new Map<string, CloudFormationType>();

/** Undefined for a type CloudFormation's registry does not know, such as `AWS::CDK::Metadata`. */
export const loadCloudFormationType = (type: string): CloudFormationType | undefined => {
  const known = types.get(type);
  if (known !== undefined) return known;
  const found = parseType(type);
  if (found !== undefined) types.set(type, found);
  return found;
};

export const cloudFormationTypeNames = (): readonly string[] =>
  load("cloudformation/type-names.json") as readonly string[];
