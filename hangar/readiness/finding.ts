// What a rule found about one resource, property or template.

/** Errors fail `hangar check` unless they are allowed; warnings and notes never do. */
export type Level = "error" | "warning" | "note";

export type Finding = {
  /** The rule's name, e.g. `public-bucket`. */
  readonly rule: string;
  readonly level: Level;
  /** The stack's name; a nested stack's is `Parent/LogicalId`. */
  readonly stack: string;
  /** Of the resource, parameter or output; absent where the whole template is meant. */
  readonly logicalId?: string;
  /** Top-level property, or steps from it: `Environment.Variables.TOKEN`. */
  readonly property?: string;
  /** One sentence, without the resource's name: the same fault of many resources has the same message. */
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  /** What to write instead: as JSON, and as CDK code where it can be said. */
  readonly instead?: { readonly json: object; readonly cdk?: string | undefined };
};

/** A finding as the report has it: with all that is known of its resource, and who allowed it. */
export type ReportedFinding = Finding & {
  /** `aws:cdk:path` of the resource. */
  readonly path?: string;
  /** CloudFormation's. */
  readonly type?: string;
  /** Where the construct was made, as the CDK's metadata says: `stack/storage.ts:21:5`. */
  readonly source?: string;
  /** The template's file, from the project's folder. */
  readonly template?: string;
  readonly allowed?: { readonly reason: string; readonly until: string };
};
