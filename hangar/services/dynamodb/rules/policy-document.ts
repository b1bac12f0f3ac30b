// What a resource-based policy may say. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html

import { invalidParameter, validation } from "../errors.ts";

const MAX_BYTES = 20 * 1024;

const OF_STREAMS = ["DescribeStream", "GetRecords", "GetShardIterator"];
const OF_POLICIES = ["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"];
/** Actions on no one table. */
const OF_ACCOUNTS = [
  "ListTables",
  "ListStreams",
  "ListBackups",
  "ListExports",
  "ListImports",
  "ListGlobalTables",
  "ListContributorInsights",
  "DescribeLimits",
  "DescribeEndpoints",
  "DescribeReservedCapacity",
  "PurchaseReservedCapacityOfferings",
];

/** The only services that DynamoDB lets in. */
const SERVICES: ReadonlySet<string> = new Set(["redshift.amazonaws.com", "replication.dynamodb.amazonaws.com"]);

type Statement = Readonly<Record<string, unknown>>;

/** `isRole` says whether a role is there, where that can be known. */
export function checkPolicyDocument(
  document: string,
  kind: "table" | "stream",
  isRole: (arn: string) => boolean,
): void {
  const bytes = Buffer.byteLength(document);
  if (bytes > MAX_BYTES)
    throw validation(`Resource-based policy size ${bytes} exceeds the maximum of ${MAX_BYTES} bytes`);
  const statements = statementsOf(document);
  for (const statement of statements) checkStatement(statement, isRole);
  const wrong = statements.flatMap((statement) => listOf(statement["Action"])).filter((name) => !isAction(name, kind));
  if (wrong.length > 0)
    throw invalid(`The following action names are invalid: ${wrong.map((name) => `"${name}"`).join(", ")}`);
}

function invalid(what: string): Error {
  return invalidParameter(`Invalid policy document: ${what}`);
}

function statementsOf(document: string): readonly Statement[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    throw invalid("This policy contains invalid Json");
  }
  const statement = (parsed as Statement | null)?.["Statement"];
  const statements = Array.isArray(statement) ? (statement as unknown[]) : [statement];
  if (!statements.every((each) => typeof each === "object" && each !== null))
    throw invalid("Missing required field Statement");
  return statements as readonly Statement[];
}

function checkStatement(statement: Statement, isRole: (arn: string) => boolean): void {
  const { Effect: effect, Principal: principal } = statement;
  if (effect !== "Allow" && effect !== "Deny") throw invalid(`Invalid effect: ${String(effect)}`);
  for (const [one, other] of [
    ["Principal", "NotPrincipal"],
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
  ] as const)
    if (statement[one] === undefined && statement[other] === undefined) throw invalid(`Missing required field ${one}`);
  if (listOf((principal as Statement | undefined)?.["AWS"]).some((each) => /:role\//.test(each) && !isRole(each)))
    throw invalidParameter("Invalid principal in policy document.");
  const services = listOf((principal as Statement | undefined)?.["Service"]);
  if (services.some((service) => !SERVICES.has(service))) throw invalid("Policy contains invalid service principal");
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter((each) => typeof each === "string");
}

function isAction(name: string, kind: "table" | "stream"): boolean {
  if (name === "*") return true;
  const [service, action = ""] = name.split(":");
  if (service?.toLowerCase() !== "dynamodb" || action === "") return false;
  if (/[*?]/.test(action)) return true;
  const among = (names: readonly string[]): boolean =>
    names.some((each) => each.toLowerCase() === action.toLowerCase());
  if (kind === "stream") return among(OF_STREAMS) || among(OF_POLICIES);
  return !among(OF_STREAMS) && !among(OF_ACCOUNTS);
}
