// Statements of resource policies, wherever a template has them, and whom they let in.

import { isObject, type PlainObject } from "../services/cloudformation/rules/template.ts";
import type { ReadResource, ReadStack } from "./read-stack.ts";

export type Statement = {
  readonly stack: ReadStack;
  readonly resource: ReadResource;
  /** Path of the document. */
  readonly property: string;
  readonly actions: readonly string[];
  /** Anybody: `*` as a principal, or all but some. */
  readonly everybody: boolean;
  /** Only from a place, an account or an organisation. */
  readonly narrowed: boolean;
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  "AWS::S3::BucketPolicy": "PolicyDocument",
  "AWS::SQS::QueuePolicy": "PolicyDocument",
  "AWS::SQS::QueueInlinePolicy": "PolicyDocument",
  "AWS::SNS::TopicPolicy": "PolicyDocument",
  "AWS::SNS::TopicInlinePolicy": "PolicyDocument",
  "AWS::KMS::Key": "KeyPolicy",
  "AWS::SecretsManager::ResourcePolicy": "ResourcePolicy",
  "AWS::ECR::Repository": "RepositoryPolicyText",
  "AWS::IAM::Role": "AssumeRolePolicyDocument",
  "AWS::Kinesis::ResourcePolicy": "ResourcePolicy",
  "AWS::EFS::FileSystem": "FileSystemPolicy",
  "AWS::OpenSearchService::Domain": "AccessPolicies",
};

/** Keys that say who or where from. */
const NARROWING = new Set(
  "aws:sourcearn aws:sourceaccount aws:sourceowner aws:sourceorgid aws:sourceorgpaths aws:sourcevpce aws:sourcevpc aws:sourceip aws:vpcsourceip aws:principalorgid aws:principalorgpaths aws:principalaccount aws:principalarn aws:userid s3:dataaccesspointaccount s3:dataaccesspointarn kms:calleraccount kms:grantisforawsresource elasticfilesystem:accessedviamounttarget".split(
    " ",
  ),
);

export function allowingStatements(stacks: readonly ReadStack[]): Statement[] {
  return stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) => {
      const property = DOCUMENTS[resource.type];
      if (property === undefined) return [];
      return statementsIn(resource.properties[property])
        .filter((statement) => statement["Effect"] === "Allow")
        .map((statement) => ({
          stack,
          resource,
          property,
          actions: texts(statement["Action"] ?? (statement["NotAction"] === undefined ? [] : "*")),
          everybody: statement["NotPrincipal"] !== undefined || principals(statement["Principal"]).includes("*"),
          narrowed: isNarrowed(statement),
        }));
    }),
  );
}

function statementsIn(document: unknown): readonly PlainObject[] {
  const all = isObject(document) ? document["Statement"] : undefined;
  return [all].flat().filter(isObject);
}

function principals(principal: unknown): readonly string[] {
  return isObject(principal) ? texts(principal["AWS"]) : texts(principal);
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

function isNarrowed(statement: PlainObject): boolean {
  const conditions = isObject(statement["Condition"]) ? Object.entries(statement["Condition"]) : [];
  return conditions.some(
    ([operator, keys]) =>
      isObject(keys) &&
      !/Not|Null|IfExists$/.test(operator) &&
      Object.entries(keys).some(([key, value]) => narrows(key) && ![value].flat().includes("*")),
  );
}

function narrows(key: string): boolean {
  const name = key.toLowerCase();
  return NARROWING.has(name);
}
