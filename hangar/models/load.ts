// Loads compiled models on demand: one file a service, parsed once and kept.
import { readFileSync, readdirSync } from "node:fs";
import type { ServiceModel } from "./model.ts";

const here = new URL("./", import.meta.url);
const models = new Map<string, ServiceModel>();

export const loadModel = (service: string): ServiceModel => {
  const known = models.get(service);
  if (known !== undefined) return known;
  const model = JSON.parse(readFileSync(new URL(`${service}.json`, here), "utf8")) as ServiceModel;
  models.set(service, model);
  return model;
};

/** Every service with a model, by file name. */
export const serviceNames = (): readonly string[] =>
  readdirSync(here).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : [])).sort();
