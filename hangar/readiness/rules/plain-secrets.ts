// Secrets that stand in environment variables as they are: everybody who may read the function's settings, or the template, has them.

import { isUnknown } from "../../services/cloudformation/rules/environment.ts";
import { isObject, type PlainObject } from "../../services/cloudformation/rules/template.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";

/** What gives a secret away by its looks alone. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["an access key of AWS", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a token of GitHub", /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,})/],
  ["a token of GitLab", /\bglpat-[\w-]{20}/],
  ["a token of Slack", /\bxox[abprs]-[\w-]{10,}/],
  ["a key of Stripe", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ["a key of Google", /\bAIza[\w-]{35}\b/],
  ["a token of npm", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a key of SendGrid", /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ["an API key", /^sk-[\w-]{20,}$/],
  ["a signed token", /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/],
  ["a URL with a password", /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s:@]+@/i],
];

const PASSWORD = /(^|_)(PASSWORD|PASSWD|PASSPHRASE)$/i;
const SECRET = /(^|_)(SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|CREDENTIALS?)$/i;

export const plainSecrets: Rule = {
  name: "plain-secret",
  says: "A secret stands in an environment variable as it is.",
  find: ({ stacks }) =>
    stacks.flatMap(({ name: stack, resources }) =>
      resources.flatMap(({ type, logicalId, properties }) =>
        variablesOf(type, properties).flatMap(([name, value]): Finding[] => {
          const judged = judge(name, value);
          if (judged === undefined) return [];
          const help =
            "Keep it in Secrets Manager or as a SecureString of Parameter Store, give the function its name, and read it there. Change the secret: it is in the template's history.";
          return [{ rule: "plain-secret", stack, logicalId, property: `Environment.${name}`, help, ...judged }];
        }),
      ),
    ),
};

function judge(name: string, value: unknown): Pick<Finding, "level" | "message"> | undefined {
  if (typeof value !== "string" || isUnknown(value) || value.includes("{{resolve:")) return undefined;
  const shape = SHAPES.find(([, pattern]) => pattern.test(value))?.[0];
  if (shape !== undefined) return { level: "error", message: `The variable ${name} holds ${shape} in plain text.` };
  const looks = PASSWORD.test(name) ? isWordLike(value) : SECRET.test(name) && isRandom(value);
  return looks ? { level: "warning", message: `The variable ${name} looks like a secret in plain text.` } : undefined;
}

/** Not where something is kept, and not a switch. */
function isWordLike(value: string): boolean {
  return value.length >= 4 && !/^(arn:|\/|https?:|true$|false$)|[/\s]/.test(value);
}

/** Letters and digits mixed, as nobody names a thing. */
function isRandom(value: string): boolean {
  if (value.length < 16 || !/^[\w+=.~-]+$/.test(value)) return false;
  const changes = value.match(/[a-z](?=\d)|\d(?=[a-z])|[a-z](?=[A-Z])/gi)?.length ?? 0;
  return /\d/.test(value) && /[a-z]/i.test(value) && changes >= 4 && !/^[a-z]+([-_.][a-z]+)+([-_.]?\d+)?$/.test(value);
}

function variablesOf(type: string, properties: PlainObject): readonly (readonly [string, unknown])[] {
  if (type === "AWS::Lambda::Function") {
    const environment = properties["Environment"];
    const own = isObject(environment) ? environment["Variables"] : undefined;
    return isObject(own) ? Object.entries(own) : [];
  }
  if (type !== "AWS::ECS::TaskDefinition" || !Array.isArray(properties["ContainerDefinitions"])) return [];
  return properties["ContainerDefinitions"]
    .filter(isObject)
    .flatMap(({ Environment }) =>
      Array.isArray(Environment)
        ? Environment.filter(isObject).map(({ Name, Value }) => [String(Name), Value] as const)
        : [],
    );
}
