// Which bucket policies S3 refuses to keep, in its words.

import { isIP } from "node:net";
import { malformedPolicy } from "../errors.ts";
import { listOf, policyOf, type Policy, type Statement } from "./policies.ts";
import { goesWith, isAction, isConditionKey, LEVELS, type Level } from "./policy-vocabulary.ts";

const LONGEST = 20_480;
const MEMBERS = new Set(["Version", "Id", "Statement"]);
const ELEMENTS = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);
const OPERATORS = new Set(
  `StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
  NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
  DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals Bool BinaryEquals
  IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null`
    .toLowerCase()
    .split(/\s+/),
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html */
export function checkPolicy(text: string, bucket: string): Policy {
  const own = new RegExp(`^arn:aws[\\w-]*:s3:::${bucket.replaceAll(".", "\\.")}(/.*)?$`, "s");
  return checked(text, { has: (resource) => own.test(resource) || covers(resource, bucket), inner: "/" });
}

/** Resources of an access point's policy are the access point and the objects behind it. */
export function checkAccessPointPolicy(text: string, arn: string): Policy {
  return checked(text, {
    has: (resource) => resource === arn || resource.startsWith(`${arn}/object/`),
    inner: "/object/",
  });
}

type Resources = {
  has(resource: string): boolean;
  /** What stands between a container and its objects. */
  readonly inner: string;
};

function checked(text: string, own: Resources): Policy {
  if (!text.startsWith("{")) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  const document = parse(text);
  if (JSON.stringify(document).length > LONGEST)
    throw malformedPolicy(`Normalized policy document exceeds the maximum allowed size of ${LONGEST} bytes`);
  checkMembers(document, MEMBERS);
  const { Statement: statements, Version: version } = document;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    throw malformedPolicy("The policy must contain a valid version string");
  if (statements === undefined) throw malformedPolicy("Missing required field Statement");
  const listed = listOf(statements as Statement | readonly Statement[]);
  if (listed.length === 0) throw malformedPolicy("Could not parse the policy: Statement is empty!");
  for (const statement of listed) checkStatement(statement, own);
  return policyOf(text);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw malformedPolicy("This policy contains invalid Json");
  }
}

function checkMembers(value: object, known: ReadonlySet<string>): void {
  for (const name of Object.keys(value)) if (!known.has(name)) throw malformedPolicy(`Unknown field ${name}`);
}

function checkStatement(statement: Statement, own: Resources): void {
  if (statement === null || typeof statement !== "object") throw malformedPolicy("Invalid policy syntax.");
  checkMembers(statement, ELEMENTS);
  const { Effect: effect } = statement;
  if (effect === undefined) throw malformedPolicy("Missing required field Effect");
  if (effect !== "Allow" && effect !== "Deny") throw malformedPolicy(`Invalid effect: ${effect}`);
  const principal = statement.Principal ?? statement.NotPrincipal;
  if (principal === undefined) throw malformedPolicy("Missing required field Principal");
  if (effect === "Allow" && statement.NotPrincipal !== undefined)
    throw malformedPolicy("Allow with NotPrincipal is not allowed.");
  checkPrincipal(principal);
  const actions = texts(statement.Action ?? statement.NotAction, "Action").map((action) => action.toLowerCase());
  const resources = texts(statement.Resource ?? statement.NotResource, "Resource");
  for (const action of actions) checkAction(action);
  if (resources.some((resource) => !own.has(resource))) throw malformedPolicy("Policy has invalid resource");
  const isListed = statement.Action !== undefined;
  if (isListed && statement.Resource !== undefined) checkFit(actions, resources, own.inner);
  checkConditions(statement.Condition, isListed ? actions : ["*"]);
}

function texts(value: unknown, name: string): readonly string[] {
  if (value === undefined) throw malformedPolicy(`Missing required field ${name}`);
  const listed = listOf(value as string | readonly string[]);
  if (listed.length === 0) throw malformedPolicy(`Missing required field ${name} cannot be empty!`);
  if (listed.some((each) => typeof each !== "string")) throw malformedPolicy("Invalid policy syntax.");
  return listed;
}

function checkAction(action: string): void {
  const name = /^s3:(.*)$/.exec(action)?.[1];
  const known = action === "*" || /^s3[\w-]+:./.test(action);
  if (known || (name !== undefined && (isAction(name) || meant(name).length > 0))) return;
  throw malformedPolicy("Policy has invalid action");
}

/** Actions on buckets and objects that a pattern means. */
function meant(pattern: string): readonly string[] {
  if (pattern === "*") return [...LEVELS.keys()];
  if (!/[*?]/.test(pattern)) return LEVELS.has(pattern) ? [pattern] : [];
  return [...LEVELS.keys()].filter((action) => stands(pattern, action));
}

/** `*` stands for anything, `?` for any one; in time that grows with both lengths only. */
function stands(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let after = 0;
  for (let index = 0; index < text.length;) {
    if (pattern[at] === "*") {
      star = at;
      at += 1;
      after = index;
    } else if (pattern[at] === "?" || pattern[at] === text[index]) {
      at += 1;
      index += 1;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      after += 1;
      index = after;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** A resource with wildcards may still mean this bucket. */
function covers(resource: string, bucket: string): boolean {
  const name = /^arn:aws[\w-]*:s3:::([^/]*)/.exec(resource)?.[1];
  return name !== undefined && /[*?]/.test(name) && stands(name, bucket);
}

/** Each action has to mean something that can be done to one of the resources. */
function checkFit(actions: readonly string[], resources: readonly string[], inner: string): void {
  const levels = new Set<Level>();
  for (const resource of resources) {
    if (!resource.includes(inner)) levels.add("bucket");
    if (resource.includes(inner) || resource.includes("*")) levels.add("object");
  }
  for (const action of actions) {
    const isElsewhere = /^s3[\w-]+:/.test(action);
    if (isElsewhere || meant(nameOf(action)).some((each) => levels.has(LEVELS.get(each) ?? "bucket"))) continue;
    throw malformedPolicy("Action does not apply to any resource(s) in statement");
  }
}

function nameOf(action: string): string {
  return action === "*" ? "*" : action.slice(action.indexOf(":") + 1);
}

function checkPrincipal(principal: unknown): void {
  if (principal === "*") return;
  if (principal === null || typeof principal !== "object") throw malformedPolicy("Invalid policy syntax.");
  for (const [kind, value] of Object.entries(principal)) {
    if (!["AWS", "Service", "Federated", "CanonicalUser"].includes(kind))
      throw malformedPolicy("Invalid principal in policy");
    for (const each of listOf(value as string | readonly string[])) {
      const known =
        each === "*" ||
        /^\d{12}$/.test(each) ||
        /^arn:aws[\w-]*:(iam|sts)::(\d{12}|cloudfront):/.test(each) ||
        /^A[A-Z]{3}[A-Z0-9]{16,}$/.test(each);
      if (kind === "AWS" && !known) throw malformedPolicy("Invalid principal in policy");
    }
  }
}

/** S3's own keys have to go with every action of the statement. */
function checkConditions(conditions: Statement["Condition"], actions: readonly string[]): void {
  for (const [operator, keys] of Object.entries(conditions ?? {})) {
    const plain = operator
      .toLowerCase()
      .replace(/^for(any|all)values?:/, "")
      .replace(/(?<!^null)ifexists$/, "");
    if (!OPERATORS.has(plain)) throw malformedPolicy(`Invalid Condition type : ${operator}`);
    if (keys === null || typeof keys !== "object") throw malformedPolicy("Invalid policy syntax.");
    for (const [key, values] of Object.entries(keys)) {
      checkKey(key, actions);
      if (plain === "ipaddress" || plain === "notipaddress") checkAddresses(listOf(values));
    }
  }
}

function checkKey(key: string, actions: readonly string[]): void {
  if (!/^s3:/i.test(key)) {
    if (/^[\w-]+:./.test(key)) return;
    throw malformedPolicy("Policy has an invalid condition key");
  }
  if (!isConditionKey(key)) throw malformedPolicy("Policy has an invalid condition key");
  const applies = actions.every((action) => meant(nameOf(action)).some((each) => goesWith(key, each)));
  if (!applies) throw malformedPolicy("Conditions do not apply to combination of actions and resources in statement");
}

function checkAddresses(values: readonly string[]): void {
  for (const value of values) {
    const [address = "", bits = "0"] = value.split("/");
    if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits)) throw malformedPolicy("Invalid IP address in Conditions");
  }
}
