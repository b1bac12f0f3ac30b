// What CloudFormation takes at most in a template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html

import { isObject, type PlainObject } from "../../services/cloudformation/rules/template.ts";
import type { Finding } from "../finding.ts";
import type { ReadStack } from "../read-stack.ts";
import type { Rule } from "../rule.ts";

const RULE = "template-limits";
const BYTES = 1024 * 1024;
/** Of a template that is sent along rather than uploaded to the bootstrap bucket. */
const INLINE_BYTES = 51_200;
const ENTRIES = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 } as const;
const NAME = 255;
const DESCRIPTION = 1024;
const TEXT = 4096;
/** Of a stack with all that are nested in it, in one operation. */
const NESTED_RESOURCES = 2500;

export const templateLimits: Rule = {
  name: RULE,
  says: "The template is larger, or has more or longer entries, than CloudFormation takes.",
  find: ({ stacks }) => [...stacks.flatMap(ofTemplate), ...ofHierarchies(stacks)],
};

type Problem = Pick<Finding, "message"> & Partial<Finding>;

function ofTemplate(stack: ReadStack): Finding[] {
  const { name, bytes, data, uploaded } = stack;
  const help = "Move a part of the app to another stack, or to a nested one.";
  const problems: Problem[] = [
    ...(bytes > BYTES ? [{ message: `The template has ${bytes} bytes; AWS takes ${BYTES}.`, help }] : []),
    ...(bytes > INLINE_BYTES && !uploaded
      ? [
          {
            message: `The template has ${bytes} bytes and no asset of its own: without an upload AWS takes ${INLINE_BYTES}.`,
            help: "Bootstrap the account and use the CDK's DefaultStackSynthesizer.",
          },
        ]
      : []),
    ...Object.entries(ENTRIES).flatMap(([section, most]) => ofSection(data, section, most)),
    ...tooLong(data["Description"], "description of the template", DESCRIPTION),
    ...entries(data, "Outputs").flatMap(([logicalId, output]) => ofOutput(logicalId, output)),
    ...entries(data, "Parameters").flatMap(([logicalId, parameter]) =>
      isObject(parameter)
        ? [
            ...tooLong(parameter["Description"], "description of the parameter", DESCRIPTION),
            ...tooLong(parameter["Default"], "default of the parameter", TEXT),
          ].map((problem) => ({ ...problem, logicalId }))
        : [],
    ),
  ];
  return problems.map((problem) => ({ rule: RULE, level: "error", stack: name, ...problem }));
}

function entries(data: PlainObject, section: string): readonly [string, unknown][] {
  return isObject(data[section]) ? Object.entries(data[section]) : [];
}

function ofSection(data: PlainObject, section: string, most: number): Problem[] {
  const all = entries(data, section);
  const word = section.toLowerCase();
  const long = all.filter(([name]) => name.length > NAME);
  return [
    ...(all.length > most
      ? [
          {
            message: `The template has ${all.length} ${word}; AWS takes ${most}.`,
            help: "Move a part of the app to another stack, or to a nested one.",
          },
        ]
      : all.length > most * 0.9
        ? [{ level: "note" as const, message: `The template has ${all.length} of at most ${most} ${word}.` }]
        : []),
    ...long.map(([logicalId]) => ({ logicalId, message: `Names of ${word} have at most ${NAME} characters.` })),
  ];
}

function ofOutput(logicalId: string, output: unknown): Problem[] {
  if (!isObject(output)) return [];
  return [
    ...tooLong(output["Description"], "description of the output", DESCRIPTION),
    ...tooLong(output["Value"], "value of the output", TEXT),
    ...(isObject(output["Export"]) ? tooLong(output["Export"]["Name"], "name of the export", NAME) : []),
  ].map((problem) => ({ ...problem, logicalId }));
}

/** Of what is a text; what functions give is known when it is deployed. */
function tooLong(value: unknown, what: string, most: number): Problem[] {
  const bytes = typeof value === "string" ? Buffer.byteLength(value) : 0;
  return bytes > most ? [{ message: `The ${what} has ${bytes} bytes; AWS takes ${most}.` }] : [];
}

function ofHierarchies(stacks: readonly ReadStack[]): Finding[] {
  return stacks
    .filter(({ nested }) => !nested)
    .flatMap(({ name }) => {
      const within = stacks.filter((each) => each.name === name || each.name.startsWith(`${name}/`));
      const count = within.reduce((sum, { resources }) => sum + resources.length, 0);
      if (count <= NESTED_RESOURCES) return [];
      const message = `The stack and those nested in it have ${count} resources; AWS takes ${NESTED_RESOURCES} in one operation.`;
      return [{ rule: RULE, level: "error" as const, stack: name, message }];
    });
}
