// A policy written as CDK code in TypeScript, with the account and region of the stack it stands in.

/** `account` is the one of the emulated deployment. Undefined when there is nothing to grant. */
export function cdkSnippet(statements: readonly object[], account: string): string | undefined {
  if (statements.length === 0) return undefined;
  const calls = statements.map((statement) => callOf(statement as Readonly<Record<string, unknown>>, account));
  return calls.join("\n");
}

const MEMBERS: Readonly<Record<string, string>> = {
  Action: "actions",
  NotAction: "notActions",
  Resource: "resources",
  NotResource: "notResources",
};

function callOf(statement: Readonly<Record<string, unknown>>, account: string): string {
  const lines: string[] = [];
  if (typeof statement["Sid"] === "string") lines.push(`sid: ${JSON.stringify(statement["Sid"])},`);
  if (statement["Effect"] === "Deny") lines.push("effect: iam.Effect.DENY,");
  for (const [name, member] of Object.entries(MEMBERS)) {
    const value = statement[name];
    if (value === undefined) continue;
    const texts = (Array.isArray(value) ? value : [value]).map((each) => textOf(String(each), account));
    lines.push(`${member}: [${texts.join(", ")}],`);
  }
  if (statement["Condition"] !== undefined) lines.push(`conditions: ${JSON.stringify(statement["Condition"])},`);
  return `role.addToPrincipalPolicy(\n  new iam.PolicyStatement({\n${lines.map((line) => `    ${line}\n`).join("")}  }),\n);`;
}

/** An ARN's account and region become the stack's. */
function textOf(text: string, account: string): string {
  const found = new RegExp(`^arn:([^:]*):([^:]*):([^:]*):${account}:(.*)$`, "s").exec(text);
  if (found === null) return JSON.stringify(text);
  const [, partition = "", service = "", region = "", rest = ""] = found;
  const where = region === "" || region === "*" ? region : "${cdk.Aws.REGION}";
  return `\`arn:${partition}:${service}:${where}:\${cdk.Aws.ACCOUNT_ID}:${rest.replaceAll(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
}
