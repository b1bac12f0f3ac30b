// Examples on pages are taken from tests: `docs: NAME` in a comment of a test marks the block below it, and a page
// shows it between `<!-- example: NAME -->` and `<!-- /example -->`. `npm run docs` copies, examples.test.ts compares.

import { posix } from "node:path";
import { filesOf, textOf } from "../architecture/house.ts";

export type Example = { readonly file: string; readonly text: string };

const LANGUAGES: Readonly<Record<string, string>> = { ts: "ts", js: "js", mjs: "js", py: "python", go: "go", sh: "sh" };
const MARK = /^(\s*)(?:\/\/|#) docs: (\S+)$/;
const SLOT = /<!-- example: (\S+) -->\n[\s\S]*?<!-- \/example -->/g;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Marked with an end: all up to it. Otherwise one block: its first line, what is indented below it, what closes it. */
function block(lines: readonly string[], indent: number): readonly string[] {
  const marks = lines.map((line) => MARK.exec(line)?.[2]);
  const next = marks.findIndex((name) => name !== undefined);
  if (marks[next] === "end") return lines.slice(0, next);
  const after = lines.findIndex(
    (line, index) =>
      index > 0 && line.trim() !== "" && indentOf(line) <= indent && !/^\s*[)}\]]/.test(line) && !isHead(lines, index),
  );
  return after === -1 ? lines : lines.slice(0, after);
}

/** A decorator belongs to the function below it. */
function isHead(lines: readonly string[], index: number): boolean {
  return lines[index - 1]?.trimStart().startsWith("@") === true;
}

/** The marked examples of one file. Throws when a name is taken twice. */
export function examplesIn(file: string, text: string): ReadonlyMap<string, Example> {
  const lines = text.split("\n");
  const found = new Map<string, Example>();
  for (const [index, line] of lines.entries()) {
    const [, margin = "", name = "end"] = MARK.exec(line) ?? [];
    if (name === "end") continue;
    if (found.has(name)) throw new Error(`${file} has two examples "${name}".`);
    const taken = block(lines.slice(index + 1), margin.length);
    const dedented = taken.map((each) => each.slice(Math.min(margin.length, indentOf(each))));
    found.set(name, { file, text: dedented.join("\n").trim() });
  }
  return found;
}

/** Every example of the repository, by name. */
export function allExamples(): ReadonlyMap<string, Example> {
  const found = new Map<string, Example>();
  for (const file of filesOf("{hangar,e2e,docs}/**/*.{ts,js,mjs,py,go,sh}"))
    for (const [name, example] of examplesIn(file, textOf(file))) {
      const other = found.get(name);
      if (other !== undefined) throw new Error(`${file} and ${other.file} both have an example "${name}".`);
      found.set(name, example);
    }
  return found;
}

export function pagesWithExamples(): readonly string[] {
  return filesOf("{docs/**/*.md,hangar/*/README.md,README.md}").filter((file) => namesIn(textOf(file)).length > 0);
}

export function namesIn(page: string): readonly string[] {
  return [...page.matchAll(SLOT)].map(([, name = ""]) => name);
}

/** `file` is the page's own place, for the links to the tests. Throws when an example is missing. */
export function withExamples(file: string, page: string, examples: ReadonlyMap<string, Example>): string {
  return page.replaceAll(SLOT, (_, name: string) => {
    const example = examples.get(name);
    if (example === undefined) throw new Error(`${file} wants an example "${name}", which no test has.`);
    const link = posix.relative(posix.dirname(file), example.file);
    const fence = `\`\`\`${LANGUAGES[posix.extname(example.file).slice(1)] ?? ""}`;
    return [
      `<!-- example: ${name} -->`,
      fence,
      example.text,
      "```",
      `<sub>[${example.file}](${link})</sub>`,
      "<!-- /example -->",
    ].join("\n");
  });
}
