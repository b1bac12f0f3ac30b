// Names that AWS refuses, that two resources of the assembly share, that all accounts compete for, or that stand in the way of a replacement.

import { isUnknown } from "../../services/cloudformation/rules/environment.ts";
import { isBucketName } from "../../services/s3/rules/bucket-names.ts";
import type { Finding } from "../finding.ts";
import { names, type NameFacts } from "../names.ts";
import type { ReadResource, ReadStack } from "../read-stack.ts";
import type { Rule } from "../rule.ts";

type Named = {
  readonly stack: ReadStack;
  readonly resource: ReadResource;
  readonly facts: NameFacts;
  readonly name: string;
  /** Written out in the template, not made of the account or another resource. */
  readonly literal: boolean;
};

export const wrongNames: Rule = {
  name: "wrong-name",
  says: "AWS refuses the name: too long, or with letters that it may not have.",
  find: ({ stacks }) =>
    namedIn(stacks).flatMap((named) => finding({ rule: "wrong-name", level: "error" }, named, whatIsWrong(named))),
};

export const sharedNames: Rule = {
  name: "shared-name",
  says: "Two resources of the assembly have the same name where only one may.",
  find: ({ stacks }) => {
    const groups = Map.groupBy(namedIn(stacks), ({ stack: { place }, resource, facts, name }) =>
      [
        resource.type,
        name,
        ...(facts.within === "world" ? [] : [place.account]),
        facts.within === "region" && place.region,
      ].join(" "),
    );
    return [...groups.values()].flatMap(([first, ...others]) =>
      others.flatMap((other) =>
        finding(
          { rule: "shared-name", level: "error" },
          other,
          `${first?.resource.path} has the name ${other.name}, too: only one can be there.`,
        ),
      ),
    );
  },
};

export const takenNames: Rule = {
  name: "global-name",
  says: "A name that all of AWS's accounts compete for is written out: it may be taken.",
  find: ({ stacks }) =>
    namedIn(stacks)
      .filter(({ facts, literal }) => facts.within === "world" && literal)
      .flatMap((named) =>
        finding(
          {
            rule: "global-name",
            level: "note",
            help: "Leave the name to CloudFormation, or put the account's id into it.",
          },
          named,
          `All AWS accounts share one space of names, and this one is written out: somebody may have it, and a second stage of the app cannot.`,
        ),
      ),
};

export const fixedNames: Rule = {
  name: "fixed-name",
  says: "A fixed name: a change that replaces the resource fails, since the new one cannot have it while the old one is there.",
  find: ({ stacks }) =>
    namedIn(stacks)
      .filter(({ facts }) => facts.within !== "world")
      .flatMap((named) => {
        const { facts } = named;
        const elsewhere =
          facts.within === "account"
            ? " Roles and policies are the account's: a second region's stack collides with it, too."
            : "";
        return finding(
          {
            rule: "fixed-name",
            level: "note",
            help: "Leave the name to CloudFormation where nobody outside the app needs it.",
          },
          named,
          `${facts.property} is fixed: a change that replaces the resource fails while the old one has the name.${elsewhere}`,
        );
      }),
};

function namedIn(stacks: readonly ReadStack[]): Named[] {
  return stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) => {
      const facts = names[resource.type];
      const name = facts && resource.properties[facts.property];
      if (facts === undefined || typeof name !== "string" || isUnknown(name)) return [];
      // A domain of one's own is no prefix of Cognito's.
      if (resource.type === "AWS::Cognito::UserPoolDomain" && resource.properties["CustomDomainConfig"] !== undefined)
        return [];
      return [{ stack, resource, facts, name, literal: typeof resource.raw.Properties?.[facts.property] === "string" }];
    }),
  );
}

function whatIsWrong({ resource: { type }, facts: { property, most, pattern }, name }: Named): string | undefined {
  if (name.length > most) return `${property} has ${name.length} characters; AWS takes ${most}.`;
  if (pattern.test(name) && (type !== "AWS::S3::Bucket" || isBucketName(name))) return undefined;
  return `AWS does not take ${property} "${name}".`;
}

type Said = { readonly rule: string; readonly level: Finding["level"]; readonly help?: string };

function finding(said: Said, named: Named, message: string | undefined): Finding[] {
  if (message === undefined) return [];
  const { stack, resource, facts } = named;
  return [{ ...said, stack: stack.name, logicalId: resource.logicalId, property: facts.property, message }];
}
