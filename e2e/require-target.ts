// Stops a run that has no target, before any test fails for want of one.
import { readTarget } from "./target.ts";

export function setup(): void {
  const { name, endpoint, outputs } = readTarget();
  console.log(`Target ${name}${endpoint === undefined ? "" : ` at ${endpoint}`}, API ${outputs.ApiUrl}`);
}
