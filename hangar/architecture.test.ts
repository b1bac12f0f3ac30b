// The rules of the house that no linter can express: rooms, names, and what every operation owes its reader.

import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, test } from "vitest";
import { doors, providers, receivers, services } from "./cloud/services.ts";
import { loadCloudFormationType } from "./models/load.ts";
import { codesIn, codesOf } from "../tools/architecture/error-codes.ts";
import {
  filesOf,
  isTest,
  operationFiles,
  root,
  sameName,
  serviceRooms,
  stemOf,
  textOf,
  type ServiceRoom,
} from "../tools/architecture/house.ts";
import { coverageOf, coverageSection, sectionIn } from "../tools/docs/coverage.ts";
import { LEDGER, ledgerText } from "../tools/docs/ledger.ts";

const roomsOfHangar = new Set(
  [
    "kernel models protocols gateway ports cloud services targets readiness promotion comparison stand-in vitest cli console fidelity",
    "README.md Dockerfile package.json tsconfig.build.json index.ts architecture.test.ts LICENSE NOTICE dist node_modules",
  ].flatMap((names) => names.split(" ")),
);
const roomsOfService = new Set(
  "README.md service.ts contents operations rules store.ts workers resources access.ts errors.ts port.ts engine http".split(
    " ",
  ),
);
/** Types that CloudFormation handles itself, outside its registry. */
const outsideRegistry = new Set(["AWS::CDK::Metadata", "AWS::CloudFormation::CustomResource"]);
const bannedNames = /^(utils?|helpers?|common|misc|manager|base|types)$/;

const rooms = await serviceRooms();
const loaded = rooms.filter((room) => room.definition !== undefined);
const sources = filesOf("{hangar,e2e,bench,docs,stack,handlers,site,tools}/**/*.ts");
const written = sources.filter(
  (file) => !file.startsWith("hangar/models/") || /models\/(load|model)[^/]*\.ts$/.test(file),
);

/** Fails with every offender, not only the first. */
function nobody(offenders: readonly string[]): void {
  if (offenders.length > 0) throw new Error(`${offenders.length} offenders:\n  ${offenders.join("\n  ")}`);
}

function operationsOf(room: ServiceRoom): readonly string[] {
  return Object.keys(room.definition?.operations ?? {});
}

/** Client commands, client methods, and names in the words of a test or call. */
function mentionedOperations(text: string): readonly string[] {
  const commands = [...text.matchAll(/\b(\w+)Command\b/g), ...text.matchAll(/\.(\w+)\(/g)].map(
    (found) => found[1] ?? "",
  );
  const quoted = [...text.matchAll(/"([^"\n]*)"|`([^`\n]*)`/g)].map((found) => found[1] ?? found[2] ?? "");
  return [...commands, ...quoted.flatMap((words) => words.split(/\W+/))];
}

describe("rooms", () => {
  test("hangar/ has the rooms of the plan and no other", () => {
    const extra = readdirSync(join(root, "hangar")).filter((name) => !name.startsWith(".") && !roomsOfHangar.has(name));
    nobody(extra.map((name) => `hangar/${name}`));
  });

  test("a service has the rooms of the plan and no other", () => {
    const offenders = rooms.flatMap((room) => {
      const entries = new Set(room.files.map((file) => file.slice(room.folder.length + 1).split("/")[0] ?? ""));
      const extra = [...entries].filter((name) => !roomsOfService.has(name) && !isTest(name));
      return extra.map((name) => `${room.folder}/${name}`);
    });
    nobody(offenders);
  });

  test("a service has a README, a model and a table of contents that loads", () => {
    const offenders = rooms.flatMap((room) => [
      ...(room.files.includes(`${room.folder}/README.md`) ? [] : [`${room.folder}: has no README.md`]),
      ...(room.model === undefined ? [`${room.folder}: hangar/models has no ${room.name}.json`] : []),
      ...(room.problem === undefined ? [] : [`${room.folder}: ${room.problem}`]),
      ...(room.definition === undefined || room.definition.name === room.name
        ? []
        : [`${room.folder}: calls itself ${room.definition.name}`]),
    ]);
    nobody(offenders);
  });

  test("a table of contents has at most 120 lines", () => {
    const long = rooms
      .map((room) => `${room.folder}/service.ts`)
      .filter((file) => sources.includes(file))
      .map((file) => ({ file, lines: textOf(file).trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > 120);
    nobody(long.map(({ file, lines }) => `${file}: ${lines} lines`));
  });

  test("ports are types", () => {
    const running = /^\s*(export\s+)?(const|let|function|async function|class)\s|^import\s+(?!type\b)/m;
    nobody(filesOf("hangar/ports/*.ts").filter((file) => !isTest(file) && running.test(textOf(file))));
  });
});

/** What service.ts says and what cloud/services.ts knows of it before it is loaded. */
function disagreements(room: ServiceRoom): readonly string[] {
  const { http, accepts, provides } = room.definition ?? {};
  const given = Object.keys(provides ?? {}).toSorted();
  const listed = Object.entries(providers).flatMap(([port, owner]) => (owner === room.name ? [port] : []));
  const receives = Object.entries(receivers).flatMap(([arn, owner]) => (owner === room.name ? [arn] : []));
  const facts: readonly [string, unknown, unknown][] = [
    ["doors", http !== undefined && http.length > 0, doors.includes(room.name)],
    ["receivers", accepts === undefined ? "" : accepts.arnService, receives.join()],
    ["providers", given.join(), listed.toSorted().join()],
  ];
  return facts
    .filter(([, declared, known]) => declared !== known)
    .map(
      ([list, declared, known]) =>
        `${room.name}: service.ts says ${String(declared)}, ${list} of cloud/services.ts ${String(known)}`,
    );
}

describe("the list of services", () => {
  test("cloud/services.ts lists every service room, and nothing else", () => {
    const names = new Set(rooms.map((room) => room.name));
    nobody([
      ...rooms.filter((room) => !(room.name in services)).map((room) => `${room.folder} is not listed`),
      ...Object.keys(services)
        .filter((name) => !names.has(name))
        .map((name) => `${name} has no room`),
    ]);
  });

  test("cloud/services.ts knows of a service what its service.ts says", () => {
    nobody(loaded.flatMap(disagreements));
  });
});

describe("names and first lines", () => {
  test("no file or folder has a name that says nothing", () => {
    const offenders = written.filter((file) => {
      const words = [...dirname(file).split("/"), basename(file).split(".")[0] ?? ""];
      return words.some((word) => bannedNames.test(word));
    });
    nobody(offenders);
  });

  test("every file begins with a sentence that says what it is", () => {
    const offenders = written.filter((file) => {
      const lines = textOf(file).split("\n");
      const first = (lines[0]?.startsWith("#!") === true ? lines[1] : lines[0]) ?? "";
      const sentence = /^\/(?:\/|\*\*?)\s*(.*?)\s*(?:\*\/)?$/.exec(first)?.[1] ?? "";
      return sentence.split(/\s+/).length < 2 || /^(oxlint|eslint|ts)-/.test(sentence);
    });
    nobody(offenders);
  });

  test("code that runs from dist/ finds its neighbours by import.meta.url, never by the working directory's sources", () => {
    const shipped = written.filter((file) => file.startsWith("hangar/") && !isTest(file));
    nobody(shipped.filter((file) => /["'`](?:\.\/)?hangar\/(?:models|services|kernel|console)\//.test(textOf(file))));
  });
});

describe("operations", () => {
  test("an operation of service.ts is in AWS's model", () => {
    nobody(
      loaded.flatMap((room) =>
        operationsOf(room)
          .filter((name) => room.model !== undefined && !(name in room.model.operations))
          .map((name) => `${room.name}: ${name}`),
      ),
    );
  });

  test("an operation of service.ts has a file of its name under operations/ that exports it", () => {
    const offenders = loaded.flatMap((room) => {
      const files = new Map(operationFiles(room).map((file) => [sameName(stemOf(file)), file]));
      return operationsOf(room).flatMap((name) => {
        const file = files.get(sameName(name));
        if (file === undefined) return [`${room.name}: ${name} has no file`];
        const exported = [...textOf(file).matchAll(/export (?:const|function|async function) (\w+)/g)].map(
          (found) => found[1] ?? "",
        );
        return exported.some((each) => sameName(each) === sameName(name)) ? [] : [`${file} does not export ${name}`];
      });
    });
    nobody(offenders);
  });

  test("a file under operations/ is an operation of service.ts", () => {
    const offenders = loaded.flatMap((room) => {
      const names = new Set(operationsOf(room).map(sameName));
      return operationFiles(room).filter((file) => !names.has(sameName(stemOf(file))));
    });
    nobody(offenders);
  });

  test("an operation of AWS's model is implemented or listed as missing (npm run docs)", () => {
    const offenders = loaded.flatMap((room) => {
      if (room.definition === undefined || room.model === undefined) return [];
      const readme = room.files.includes(`${room.folder}/README.md`) ? textOf(`${room.folder}/README.md`) : "";
      const section = sectionIn(readme);
      if (section === undefined) return [`${room.folder}/README.md has no coverage section`];
      const unlisted = coverageOf(room.definition, room.model).missing.filter(
        (name) => !section.includes(`\`${name}\``),
      );
      if (unlisted.length > 0) return unlisted.map((name) => `${room.folder}/README.md does not list ${name}`);
      return section === coverageSection(room.definition, room.model)
        ? []
        : [`${room.folder}/README.md is out of date`];
    });
    nobody(offenders);
  });

  test("the ledger that hangar check goes by is up to date (npm run docs)", () => {
    nobody(textOf(LEDGER) === ledgerText(rooms) ? [] : [LEDGER]);
  });

  test("an implemented operation has an access rule, and an access rule has its operation", () => {
    const offenders = loaded.flatMap((room) => {
      const names = operationsOf(room);
      const rules = Object.keys(room.definition?.access ?? {});
      return [
        ...names.filter((name) => !rules.includes(name)).map((name) => `${room.name}: ${name} has no access rule`),
        ...rules
          .filter((name) => !names.includes(name))
          .map((name) => `${room.name}: access rule of ${name}, which is not implemented`),
      ];
    });
    nobody(offenders);
  });

  test("an implemented operation has a test", () => {
    const offenders = loaded.flatMap((room) => {
      const tests = room.files.filter(isTest);
      const named = new Set(tests.map((file) => sameName(stemOf(file))));
      const texts = tests.map(textOf).join("\n");
      const called = new Set(mentionedOperations(texts).map(sameName));
      return operationsOf(room)
        .filter((name) => !named.has(sameName(name)) && !called.has(sameName(name)))
        .map((name) => `${room.name}: ${name}`);
    });
    nobody(offenders);
  });
});

describe("errors", () => {
  test("a service sends only error codes that AWS sends", () => {
    const offenders = rooms.flatMap((room) => {
      if (room.model === undefined) return [];
      const known = codesOf(room.model);
      const files = room.files.filter((file) => file.endsWith(".ts") && !isTest(file));
      return files.flatMap((file) => {
        const text = textOf(file);
        const codes = file.endsWith("/errors.ts") || text.includes("new AwsError(") ? codesIn(text) : [];
        return codes.filter((code) => !known(code)).map((code) => `${file}: ${code}`);
      });
    });
    nobody(offenders);
  });

  test("a service makes its errors in errors.ts", () => {
    const files = rooms.flatMap((room) => room.files.filter((file) => file.endsWith(".ts") && !isTest(file)));
    nobody(files.filter((file) => !file.endsWith("/errors.ts") && /new AwsError\(/.test(textOf(file))));
  });
});

describe("resources", () => {
  test("a CloudFormation type has one file, and a property is obeyed or inert, never both", () => {
    const offenders = loaded.flatMap((room) => {
      const resources = room.definition?.resources ?? [];
      const files = room.files
        .filter((file) => file.startsWith(`${room.folder}/resources/`) && !isTest(file))
        .map(textOf);
      return resources.flatMap((resource) => {
        const homes = files.filter((text) => text.includes(`type: "${resource.type}"`)).length;
        const both = resource.properties.filter((name) => name in (resource.inert ?? {}));
        return [
          ...(homes === 1 ? [] : [`${room.name}: ${resource.type} is declared in ${homes} files of resources/`]),
          ...both.map((name) => `${room.name}: ${resource.type}.${name} is both obeyed and inert`),
        ];
      });
    });
    nobody(offenders);
  });

  test("a CloudFormation type and its properties are AWS's", () => {
    const offenders = loaded.flatMap((room) =>
      (room.definition?.resources ?? []).flatMap((resource) => {
        if (resource.type.startsWith("Custom::")) return [];
        const facts = loadCloudFormationType(resource.type);
        if (facts === undefined) return outsideRegistry.has(resource.type) ? [] : [`${room.name}: ${resource.type}`];
        const named = [...resource.properties, ...Object.keys(resource.inert ?? {})];
        return named
          .filter((name) => !(name in facts.properties))
          .map((name) => `${room.name}: ${resource.type}.${name}`);
      }),
    );
    nobody(offenders);
  });

  test("a CloudFormation type belongs to one service", () => {
    const owners = Map.groupBy(
      loaded.flatMap((room) =>
        (room.definition?.resources ?? []).map((resource) => ({ type: resource.type, room: room.name })),
      ),
      (owner) => owner.type,
    );
    nobody(
      [...owners]
        .filter(([, owner]) => owner.length > 1)
        .map(([type, owner]) => `${type}: ${owner.map((each) => each.room).join(", ")}`),
    );
  });
});
