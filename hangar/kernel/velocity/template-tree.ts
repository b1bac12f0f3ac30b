// A parsed template: the parts of Velocity's tree that are evaluated.

import { TemplateFailure } from "./template-failure.ts";

export type Reference = {
  readonly type: "references";
  readonly id: string;
  readonly path?: readonly Step[];
  readonly args?: readonly Expression[] | false;
};

export type Step =
  | { readonly type: "property"; readonly id: string }
  | { readonly type: "method"; readonly id: string; readonly args?: readonly Expression[] | false }
  | { readonly type: "index"; readonly id: Expression };

export type Expression =
  | Reference
  | { readonly type: "math"; readonly operator: string; readonly expression: readonly Expression[] }
  | { readonly type: "string"; readonly value: string; readonly isEval?: boolean }
  | { readonly type: "integer" | "decimal"; readonly value: string | number }
  | { readonly type: "bool"; readonly value: "true" | "false" | "null" }
  | {
      readonly type: "array";
      readonly value: readonly (Expression | string | number)[];
      readonly isRange?: boolean;
    }
  | { readonly type: "map"; readonly value?: Readonly<Record<string, Expression>> }
  | { readonly type: "runt"; readonly value: string };

export type Leaf =
  | string
  | Reference
  | { readonly type: "set"; readonly equal: readonly [Reference, Expression] }
  | { readonly type: "macro_call"; readonly id: string; readonly args?: readonly Expression[] | false }
  | { readonly type: "comment" | "break" }
  | { readonly type: "raw"; readonly value: string };

export type BlockHead =
  | { readonly type: "if" | "elseif"; readonly condition: Expression }
  | { readonly type: "else" }
  | { readonly type: "foreach"; readonly to: string; readonly from: Expression }
  | { readonly type: "define"; readonly id: string }
  | { readonly type: "macro"; readonly id: string; readonly args?: readonly Reference[] | false };

export type Node = Leaf | BlockHead | readonly Node[];

export type Template = readonly Node[];
export type Parse = (text: string) => Template;

let loading: Promise<Parse> | undefined;

/** The parser is loaded with the first template. Throws for text that is no template. */
export function templateParser(): Promise<Parse> {
  loading ??= import("velocityjs").then(({ parse }) => {
    const known = new Map<string, Template>();
    return (text) => {
      let template = known.get(text);
      if (template === undefined) {
        template = parsed(text, parse);
        if (known.size > 1000) known.clear();
        known.set(text, template);
      }
      return template;
    };
  });
  return loading;
}

function parsed(text: string, parse: (text: string) => unknown): Template {
  try {
    return parse(text) as Template;
  } catch {
    throw new TemplateFailure("Unable to transform request");
  }
}
