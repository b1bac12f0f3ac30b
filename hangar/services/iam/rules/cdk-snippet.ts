// A policy written as CDK code in TypeScript: resources by the stack's own references, else with its account and region.

export type Surroundings = {
  /** Of the emulated deployment. */
  readonly account: string;
  /** Code that gives an ARN in the stack of the role, by that ARN. */
  readonly references: Readonly<Record<string, string>>;
};

/** Undefined when there is nothing to grant. */
export function cdkSnippet(statements: readonly object[], surroundings: Surroundings): string | undefined {
  if (statements.length === 0) return undefined;
  const calls = statements.map((statement) => callOf(statement as Readonly<Record<string, unknown>>, surroundings));
  return calls.join("\n");
}

const MEMBERS: Readonly<Record<string, string>> = {
  Action: "actions",
  NotAction: "notActions",
  Resource: "resources",
  NotResource: "notResources",
};

function callOf(statement: Readonly<Record<string, unknown>>, surroundings: Surroundings): string {
  const lines: string[] = [];
  if (typeof statement["Sid"] === "string") lines.push(`sid: ${JSON.stringify(statement["Sid"])},`);
  if (statement["Effect"] === "Deny") lines.push("effect: iam.Effect.DENY,");
  for (const [name, member] of Object.entries(MEMBERS)) {
    const value = statement[name];
    if (value === undefined) continue;
    const texts = (Array.isArray(value) ? value : [value]).map((each) => codeOf(String(each), surroundings));
    if (name.endsWith("Action") || texts.length === 1) lines.push(`${member}: [${texts.join(", ")}],`);
    else lines.push(`${member}: [`, ...texts.map((each) => `  ${each},`), "],");
  }
  if (statement["Condition"] !== undefined) lines.push(`conditions: ${JSON.stringify(statement["Condition"])},`);
  return `role.addToPrincipalPolicy(\n  new iam.PolicyStatement({\n${lines.map((line) => `    ${line}\n`).join("")}  }),\n);`;
}

function codeOf(text: string, { account, references }: Surroundings): string {
  // The longest: a table's stream has a reference of its own.
  const known = Object.keys(references)
    .filter((arn) => text === arn || text.startsWith(`${arn}/`) || text.startsWith(`${arn}:`))
    .toSorted((one, other) => other.length - one.length)[0];
  if (known !== undefined) {
    const code = references[known] ?? "";
    return text === known ? code : `\`\${${code}}${literal(text.slice(known.length))}\``;
  }
  const found = new RegExp(`^arn:([^:]*):([^:]*):([^:]*):${account}:(.*)$`, "s").exec(text);
  if (found === null) return JSON.stringify(text);
  const [, partition = "", service = "", region = "", rest = ""] = found;
  const where = region === "" || region === "*" ? region : "${cdk.Aws.REGION}";
  return `\`arn:${partition}:${service}:${where}:\${cdk.Aws.ACCOUNT_ID}:${literal(rest)}\``;
}

/** As it stands in a template literal. */
function literal(text: string): string {
  return text.replaceAll(/[\\`]|\$(?=\{)/g, "\\$&");
}
