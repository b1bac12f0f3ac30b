// Who may import whom (house.md section 3 and 7). Run by tools/lint/layers.ts, which also refuses an empty reading.
// Cycles are oxlint's (import/no-cycle): swc does not tell a type import from a real one.

// Suites, and the set-up several of them share.
const test = "(\\.test|/test-cloud|/test-stacks|/services/[^/]+/test-[^/]+)\\.ts$";
const doors = "^hangar/(index\\.ts|vitest/index\\.ts|cli/main\\.ts)$";

/** A rule that says: files in `from` may not import files in `to`. */
function never(name, comment, from, to) {
  return { name, comment, severity: "error", from, to };
}

export default {
  forbidden: [
    never(
      "resolves",
      "Every relative import names a file; packages, types-only ones among them, are knip's and tsc's.",
      {},
      { couldNotResolve: true, path: "^\\." },
    ),
    never(
      "services-are-strangers",
      "A service asks another through ctx.ports; cloud/ is the only room that knows both.",
      { path: "^hangar/services/([^/]+)/" },
      { path: "^hangar/services/([^/]+)/", pathNot: "^hangar/services/$1/" },
    ),
    never(
      "foundations-know-no-service",
      "kernel, ports, protocols and models lie below the services.",
      { path: "^hangar/(kernel|ports|protocols|models)/", pathNot: test },
      { path: "^hangar/services/" },
    ),
    never(
      "kernel-is-the-bottom",
      "kernel/ knows only itself.",
      { path: "^hangar/kernel/", pathNot: test },
      { path: "^hangar/", pathNot: "^hangar/kernel/" },
    ),
    never(
      "protocols-are-bytes",
      "protocols/ turn bytes into typed input and back; they know models and kernel only.",
      { path: "^hangar/protocols/", pathNot: test },
      { path: "^hangar/", pathNot: "^hangar/(protocols|models|kernel)/" },
    ),
    never(
      "services-know-no-wire",
      "The wire never appears in a service: http/ front doors excepted.",
      { path: "^hangar/services/", pathNot: ["/http/", test, "/engine/"] },
      { path: "^hangar/(gateway|cli|targets|vitest|console|index\\.ts)" },
    ),
    never(
      "the-app-knows-no-hangar",
      "stack/, handlers/ and site/ are an AWS app like any other.",
      { path: "^(stack|handlers|site)/" },
      { path: ["^hangar/", "^node_modules/hangar/", "^hangar$"] },
    ),
    never(
      "suites-use-the-doors",
      "e2e/ and the examples see Hangar as its users do.",
      { path: "^(e2e|docs)/" },
      { path: "^hangar/", pathNot: doors },
    ),
    never("tests-are-leaves", "Nothing imports a test.", { pathNot: test }, { path: test }),
  ],
  options: {
    // TypeScript 7 has no compiler API that dependency-cruiser can drive; without swc it reads nothing at all.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: ["node_modules", "\\.json$"] },
    exclude: { path: ["(^|/)dist/", "(^|/)cdk\\.out/", "\\.d\\.ts$"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["hangar-source", "import", "node", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".json"],
    },
  },
};
