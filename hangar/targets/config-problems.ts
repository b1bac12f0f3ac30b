// What is wrong with the value of a hangar.config.ts: keys that nobody reads, values of another kind, names that lead nowhere.

/** Answers a sentence for each thing wrong with the value at `path`. */
type Rule = (value: unknown, path: string) => readonly string[];

const NAME = text(/^[\w.-]+$/, "a name of letters, digits, dots and hyphens");
const ACCOUNT = text(/^\d{12}$/, "an account id of 12 digits in quotes");
const REGION = text(/^[a-z]{2,}(-[a-z]+)+-\d+$/, "a region such as eu-west-1");
const WORDS = text(/\S/, "text that says something");
const FLAG: Rule = (value, path) => (typeof value === "boolean" ? [] : [wrong(value, path, "true or false")]);
const URL_: Rule = (value, path) =>
  typeof value === "string" && /^https?:$/.test(URL.parse(value)?.protocol ?? "")
    ? []
    : [wrong(value, path, "an http or https URL")];
const DAY: Rule = (value, path) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value)
    ? []
    : [wrong(value, path, "a day such as 2027-01-31")];

const CONFIG = object({
  app: WORDS,
  targets: object({
    embedded: object({ account: ACCOUNT, region: REGION }),
    localstack: object({ endpoint: URL_, region: REGION }),
    aws: object({ account: ACCOUNT, region: REGION, endpoint: URL_ }),
  }),
  accounts: record(ACCOUNT, object({ name: WORDS, production: FLAG })),
  suites: record(suiteName, object({ tag: WORDS, files: list(WORDS) })),
  stages: list(
    object({ name: NAME, target: oneOf("localstack", "aws"), account: ACCOUNT, region: REGION, suite: NAME }, [
      "name",
      "target",
    ]),
  ),
  allowances: list(
    object({ rule: NAME, subject: WORDS, reason: WORDS, until: DAY }, ["rule", "subject", "reason", "until"]),
  ),
  coverage: object({ unused: oneOf("error", "warning", "note", "off") }),
});

function suiteName(value: unknown, path: string): readonly string[] {
  return value === "all" ? [`${path} is the name of all tests together`] : NAME(value, path);
}

export function problemsIn(config: unknown): readonly string[] {
  const problems = CONFIG(config, "");
  return problems.length > 0 ? problems : stageProblems(config as Parameters<typeof stageProblems>[0]);
}

function stageProblems({
  stages = [],
  suites = {},
  targets = {},
}: {
  readonly stages?: readonly Readonly<Record<string, string | undefined>>[];
  readonly suites?: Readonly<Record<string, unknown>>;
  readonly targets?: { readonly aws?: { readonly account?: string; readonly region?: string } };
}): readonly string[] {
  return stages.flatMap(({ name, target, suite, account, region }, index) => {
    const path = `stages[${index}]`;
    const known = Object.keys(suites);
    return [
      ...(stages.findIndex((each) => each["name"] === name) < index
        ? [`${path}.name: there is a stage ${name} before it`]
        : []),
      ...(suite === undefined || known.includes(suite)
        ? []
        : [`${path}.suite: there is no ${suite} in suites${nearest(suite, known)}`]),
      ...(target === "localstack" && account !== undefined ? [`${path}.account: LocalStack has one account`] : []),
      ...(target === "aws" && (account ?? targets.aws?.account) === undefined
        ? [`${path}.account is missing, and so is targets.aws.account`]
        : []),
      ...(target === "aws" && (region ?? targets.aws?.region) === undefined
        ? [`${path}.region is missing, and so is targets.aws.region`]
        : []),
    ];
  });
}

function object(rules: Readonly<Record<string, Rule>>, required: readonly string[] = []): Rule {
  const known = Object.keys(rules);
  return (value, path) => {
    if (!isObject(value)) return [wrong(value, path, `an object with ${known.join(", ")}`)];
    const given = Object.entries(value).filter(([, each]) => each !== undefined);
    const missing = required.filter((key) => value[key] === undefined);
    return [
      ...given.flatMap(([key, each]) => {
        const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
        return (
          rule?.(each, below(path, key)) ?? [
            `${below(path, key)} is not known${nearest(key, known)}. Known here: ${known.join(", ")}`,
          ]
        );
      }),
      ...missing.map((key) => `${below(path, key)} is missing`),
    ];
  };
}

function record(names: Rule, values: Rule): Rule {
  return (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, each]) => [
          ...names(key, `the name ${JSON.stringify(key)} in ${path}`),
          ...values(each, `${path}[${JSON.stringify(key)}]`),
        ])
      : [wrong(value, path, "an object")];
}

function list(rule: Rule): Rule {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((each, index) => rule(each, `${path}[${index}]`))
      : [wrong(value, path, "a list")];
}

function oneOf(...values: readonly string[]): Rule {
  return (value, path) =>
    values.includes(value as string)
      ? []
      : [wrong(value, path, `one of ${values.join(", ")}${nearest(String(value), values)}`)];
}

function text(pattern: RegExp, what: string): Rule {
  return (value, path) => (typeof value === "string" && pattern.test(value) ? [] : [wrong(value, path, what)]);
}

function wrong(value: unknown, path: string, wanted: string): string {
  const said = JSON.stringify(value) ?? typeof value;
  return `${path === "" ? "the default export" : path} is ${said.length > 60 ? `${said.slice(0, 60)}…` : said}, not ${wanted}`;
}

function below(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDay(value: string): boolean {
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** What may have been meant, when something known differs by a third of its letters at most. */
function nearest(word: string, known: readonly string[]): string {
  const [best] = known
    .map((each) => ({ each, distance: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter((one) => one.distance <= Math.max(1, Math.floor(one.each.length / 3)))
    .toSorted((one, other) => one.distance - other.distance);
  return best === undefined ? "" : `; did you mean ${best.each}?`;
}

/** Letters to add, drop or change (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let index = 0; index < other.length; index += 1)
      next.push(
        Math.min(
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
          (row[index] ?? 0) + (one[at] === other[index] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}
