// What an API key may say, and what its patches do.

import { badRequest } from "../errors.ts";
import { flag, type PatchRules } from "./patch.ts";
import type { ApiKeyRow } from "../store.ts";

export function checkKeyName(name: string): void {
  if (name.length > 1024) throw badRequest("Invalid API Key name, can be at most 1024 characters.");
}

export function checkKeyDescription(description: string): void {
  if (description.length > 125_000) throw badRequest("Invalid API Key description specified.");
}

/** The empty value is one that API Gateway makes. */
export function checkKeyValue(value: string): void {
  if (value.length > 128) throw badRequest("API Key value exceeds maximum size of 128 characters");
  if (value !== "" && value.length < 20) throw badRequest("API Key value should be at least 20 characters");
}

export const apiKeyPatches: PatchRules<ApiKeyRow> = {
  "/description": {
    ops: ["replace"],
    apply(row, { value }) {
      checkKeyDescription(value);
      return { ...row, description: value };
    },
  },
  "/enabled": flag("enabled"),
  "/name": {
    ops: ["replace"],
    apply(row, { value }) {
      checkKeyName(value);
      return { ...row, name: value };
    },
  },
  "/stages": {
    ops: ["add", "remove"],
    apply(row, { op, value }) {
      const others = (row.stageKeys ?? []).filter((each) => each !== value);
      return { ...row, stageKeys: op === "add" ? [...others, value] : others };
    },
  },
  "/customerId": { ops: ["replace"], apply: (row, { value }) => ({ ...row, customerId: value }) },
};
