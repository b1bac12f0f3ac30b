// Data protection policies: JSON with statements. They are kept and shown; no data is looked for in messages.

import { invalidParameter } from "../errors.ts";

export function checkDataProtectionPolicy(text: string): void {
  if (text === "") return;
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalidParameter("DataProtectionPolicy Reason: failed to parse JSON");
  }
  const { Name, Version, Statement } = (policy ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof Name !== "string" || typeof Version !== "string" || !Array.isArray(Statement))
    throw invalidParameter("DataProtectionPolicy Reason: Name, Version and Statement are required");
}
