// The pages show what the tests run: examples are up to date, none is lost, and links lead somewhere.

import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { filesOf, root, textOf } from "../architecture/house.ts";
import { allExamples, examplesIn, namesIn, pagesWithExamples, withExamples } from "./examples.ts";

const typescript = `// A file.
// docs: first
test("one", async () => {
  await two();

  three({
    four,
  });
});

// docs: second
const five = 5;
const six = 6;

describe("seven", () => {
  // docs: third
  test("eight", () => {
    nine();
  });

  // docs: fourth
  const ten = 10;
  const eleven = 11;
  // docs: end
  twelve();
});
`;

const python = `# docs: world
@pytest.fixture
def world():
    yield fork()

    drop()

def other():
    pass
`;

function texts(file: string, text: string): Record<string, string> {
  return Object.fromEntries([...examplesIn(file, text)].map(([name, example]) => [name, example.text]));
}

test("a mark takes the block below it, or all up to its end, without the margin", () => {
  expect(texts("a.ts", typescript)).toEqual({
    first: 'test("one", async () => {\n  await two();\n\n  three({\n    four,\n  });\n});',
    second: "const five = 5;",
    third: 'test("eight", () => {\n  nine();\n});',
    fourth: "const ten = 10;\nconst eleven = 11;",
  });
  expect(texts("a.py", python)).toEqual({ world: "@pytest.fixture\ndef world():\n    yield fork()\n\n    drop()" });
  expect(() => examplesIn("a.ts", "// docs: a\nb;\n// docs: a\nc;\n")).toThrow('a.ts has two examples "a".');
});

test("a page gets the example in its language, with a link to the test", () => {
  const page = "Before.\n<!-- example: world -->\nold\n<!-- /example -->\nAfter.\n";
  const written = withExamples("docs/harness/x.md", page, examplesIn("docs/examples/a.py", python));
  expect(written.split("\n")).toEqual([
    "Before.",
    "<!-- example: world -->",
    "```python",
    "@pytest.fixture",
    "def world():",
    "    yield fork()",
    "",
    "    drop()",
    "```",
    "<sub>[docs/examples/a.py](../examples/a.py)</sub>",
    "<!-- /example -->",
    "After.",
    "",
  ]);
  expect(withExamples("docs/harness/x.md", written, examplesIn("docs/examples/a.py", python))).toBe(written);
  expect(() => withExamples("x.md", page, new Map())).toThrow('x.md wants an example "world", which no test has.');
});

test("every page shows its examples as they are now (`npm run docs`)", () => {
  const examples = allExamples();
  const stale = pagesWithExamples().filter((page) => withExamples(page, textOf(page), examples) !== textOf(page));
  expect(stale).toEqual([]);
});

test("every marked example is on a page", () => {
  const shown = new Set(pagesWithExamples().flatMap((page) => namesIn(textOf(page))));
  expect([...allExamples().keys()].filter((name) => !shown.has(name))).toEqual([]);
});

test("every link of a page leads to a file that is there", () => {
  const broken = filesOf("{*.md,docs/**/*.md,hangar/**/*.md}").flatMap((page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)\s#]+)[^)]*\)/g)].map(([, link = ""]) => link);
    return links.filter((link) => !existsSync(join(root, posix.dirname(page), link))).map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});
