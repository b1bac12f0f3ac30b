// vitest's globalSetup for the ways without the fixtures: one cloud, the shop deployed once, closed at the end.

import { startCloud } from "hangar";
import type { TestProject } from "vitest/node";
import type {} from "./shop.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cloud = await startCloud();
  const assembly = process.env["BENCH_ASSEMBLY"] ?? "";
  const [stack] = await cloud.deploy(assembly);
  project.provide("bench", { endpoint: cloud.endpoint, assembly, outputs: stack?.outputs ?? {} });
  return () => cloud.close();
}
