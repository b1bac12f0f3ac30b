// Buckets that everybody may read or write, and policies of other resources that let everybody in.

import { isObject, type PlainObject } from "../../services/cloudformation/rules/template.ts";
import { references } from "../../services/cloudformation/rules/references.ts";
import type { Finding, Level } from "../finding.ts";
import { allowingStatements, type Statement } from "../policy-statements.ts";
import type { ReadResource, ReadStack } from "../read-stack.ts";
import type { Rule } from "../rule.ts";

const CLOSED = 'Take the principal "*" out, or narrow it by a condition: aws:SourceArn, aws:PrincipalOrgID.';

export const wildcardPrincipal: Rule = {
  name: "wildcard-principal",
  says: "A resource's own policy lets everybody in: any account of AWS, and who has none.",
  find: ({ stacks }) => [
    ...allowingStatements(stacks)
      .filter(
        ({ resource, everybody, narrowed }) => everybody && !narrowed && resource.type !== "AWS::S3::BucketPolicy",
      )
      .map(({ stack, resource, property, actions }) => ({
        rule: "wildcard-principal",
        level: "error" as const,
        stack: stack.name,
        logicalId: resource.logicalId,
        property,
        message: `${property} of ${resource.type} allows everybody ${actions.join(", ") || "all actions"}.`,
        help: CLOSED,
      })),
    ...stacks.flatMap((stack) => stack.resources.flatMap((resource) => ofFunctions(resource, stack))),
  ],
};

function ofFunctions({ type, logicalId, properties }: ReadResource, { name: stack }: ReadStack): Finding[] {
  const about = { rule: "wildcard-principal", stack, logicalId };
  if (type === "AWS::Lambda::Url" && properties["AuthType"] === "NONE")
    return [
      {
        ...about,
        level: "note",
        property: "AuthType",
        message: "Everybody on the internet may call the function by its URL.",
        help: "Right for a public page or a webhook that checks its caller. Else: AuthType AWS_IAM.",
      },
    ];
  const everybody = type === "AWS::Lambda::Permission" || type === "AWS::Events::EventBusPolicy";
  if (!everybody || properties["Principal"] !== "*") return [];
  const keys = [
    "FunctionUrlAuthType",
    "InvokedViaFunctionUrl",
    "SourceArn",
    "SourceAccount",
    "PrincipalOrgID",
    "Condition",
  ];
  if (keys.some((key) => properties[key] !== undefined)) return [];
  const message = `The principal "*" of ${type} lets every account of AWS in.`;
  return [{ ...about, level: "error", property: "Principal", message, help: "Name the account or the service." }];
}

export const publicBucket: Rule = {
  name: "public-bucket",
  says: "Everybody may read or write a bucket, or nothing prevents that they may.",
  find: ({ stacks }) => {
    const open = allowingStatements(stacks).filter(
      ({ resource, everybody, narrowed }) => resource.type === "AWS::S3::BucketPolicy" && everybody && !narrowed,
    );
    return stacks.flatMap((stack) =>
      stack.resources
        .filter(({ type }) => type === "AWS::S3::Bucket")
        .flatMap((bucket) =>
          ofBucket(
            bucket,
            open.filter((statement) => isOf(statement, bucket, stack)),
          ).map((judged) => ({
            rule: "public-bucket",
            stack: stack.name,
            ...judged,
          })),
        ),
    );
  },
};

function isOf({ stack, resource }: Statement, bucket: ReadResource, owner: ReadStack): boolean {
  const named = bucket.properties["BucketName"];
  if (typeof named === "string" && resource.properties["Bucket"] === named) return true;
  return (
    stack === owner &&
    [...references(resource.raw.Properties?.["Bucket"])].some(
      (reference) => reference.kind === "ref" && reference.name === bucket.logicalId,
    )
  );
}

type Judged = {
  readonly level: Level;
  readonly logicalId: string;
  readonly property?: string;
  readonly message: string;
  readonly help: string;
};

const READS = /^s3:(Get|List)/i;

function ofBucket({ logicalId, properties }: ReadResource, open: readonly Statement[]): Judged[] {
  const website = properties["WebsiteConfiguration"] !== undefined;
  const block = blockOf(properties);
  const found = open.map(({ resource, actions }): Judged => {
    const about = { logicalId: resource.logicalId, property: "PolicyDocument" };
    if (block.policies)
      return {
        ...about,
        level: "error",
        message: "The policy lets everybody in, and the bucket blocks such policies: AWS refuses it with AccessDenied.",
        help: "Take the statement out or, for a public website, set BlockPublicPolicy and RestrictPublicBuckets to false.",
      };
    const writes = actions.filter((action) => !READS.test(action));
    return publicity(about, { website, writes: writes.length > 0, what: actions.join(", ") });
  });
  const list = properties["AccessControl"];
  if (typeof list === "string" && /^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(list) && !block.lists)
    found.push(
      publicity({ logicalId, property: "AccessControl" }, { website, writes: list === "PublicReadWrite", what: list }),
    );
  if (found.length > 0 || block.all) return found;
  return [
    {
      logicalId,
      property: "PublicAccessBlockConfiguration",
      level: "warning",
      message: "Public access is not blocked, and nothing here is public: one policy or ACL is enough to open it.",
      help: "Use BlockPublicAccess.BLOCK_ALL.",
    },
  ];
}

function publicity(
  about: Pick<Judged, "logicalId" | "property">,
  { website, writes, what }: { readonly website: boolean; readonly writes: boolean; readonly what: string },
): Judged {
  if (writes) return { ...about, level: "error", message: `Everybody may write to the bucket: ${what}.`, help: CLOSED };
  if (website)
    return {
      ...about,
      level: "note",
      message: `Everybody may read the bucket, which is a website: ${what}.`,
      help: "Right for pages that are meant for everybody. Nothing else may lie in it.",
    };
  return {
    ...about,
    level: "error",
    message: `Everybody may read the bucket, and it is no website: ${what}.`,
    help: CLOSED,
  };
}

/** AWS blocks all of it on new buckets where the template says nothing. */
function blockOf(properties: PlainObject): {
  readonly policies: boolean;
  readonly lists: boolean;
  readonly all: boolean;
} {
  const given = properties["PublicAccessBlockConfiguration"];
  if (!isObject(given)) return { policies: true, lists: true, all: true };
  const on = (name: string): boolean => given[name] === true || given[name] === "true";
  const flags = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
  return {
    policies: on("BlockPublicPolicy"),
    lists: on("BlockPublicAcls") || on("IgnorePublicAcls"),
    all: flags.every(on),
  };
}
