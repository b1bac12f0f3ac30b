// What parsed expressions are made of, before names and values are put in.

/** `#a.b[3]` is `["#a", "b", 3]`. */
export type WrittenPath = readonly (string | number)[];

export type Operand =
  | { readonly kind: "path"; readonly path: WrittenPath }
  | { readonly kind: "value"; readonly name: string }
  | Call
  | { readonly kind: "arithmetic"; readonly operator: "+" | "-"; readonly left: Operand; readonly right: Operand };

export type Call = { readonly kind: "call"; readonly name: string; readonly operands: readonly Operand[] };

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

export type Condition =
  | { readonly kind: "and"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "not"; readonly condition: Condition }
  | Leaf;

/** A condition that joins no others. */
export type Leaf =
  | { readonly kind: "compare"; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "between"; readonly operand: Operand; readonly lower: Operand; readonly upper: Operand }
  | { readonly kind: "in"; readonly operand: Operand; readonly list: readonly Operand[] }
  | Call;

export type ConditionTree = { readonly condition: Condition };

export type UpdateKind = "SET" | "REMOVE" | "ADD" | "DELETE";
export type UpdateAction = {
  readonly kind: UpdateKind;
  readonly path: WrittenPath;
  readonly operand?: Operand | undefined;
};
/** `named`: an operand's path has a placeholder. */
export type UpdateTree = { readonly actions: readonly UpdateAction[]; readonly named: boolean };
