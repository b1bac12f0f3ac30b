// Whether a layer version suits a runtime and an architecture.

import type { LayerRow } from "../store.ts";

export function isCompatible(
  row: LayerRow,
  wanted: { readonly CompatibleRuntime?: string | undefined; readonly CompatibleArchitecture?: string | undefined },
): boolean {
  const runtime = wanted.CompatibleRuntime === undefined || (row.runtimes ?? []).includes(wanted.CompatibleRuntime);
  const architecture =
    wanted.CompatibleArchitecture === undefined || (row.architectures ?? []).includes(wanted.CompatibleArchitecture);
  return runtime && architecture;
}
