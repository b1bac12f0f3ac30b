// What parsed PartiQL statements are made of, before parameters are put in.

/** Where in a statement: AWS's `at 1:8:3`. */
export type Place = { readonly line: number; readonly column: number; readonly length: number };

export type PathPart =
  | { readonly kind: "key"; readonly name: string; readonly place: Place }
  | { readonly kind: "index"; readonly node: Node; readonly place: Place }
  | { readonly kind: "unpivot"; readonly place: Place }
  | { readonly kind: "wildcard"; readonly place: Place };

/** An expression; in PartiQL statements are expressions too. */
export type Node =
  | { readonly kind: "text"; readonly place: Place; readonly value: string }
  | { readonly kind: "number"; readonly place: Place; readonly value: string }
  | { readonly kind: "boolean"; readonly place: Place; readonly value: boolean }
  | { readonly kind: "null" | "missing" | "ion" | "star"; readonly place: Place }
  | { readonly kind: "parameter"; readonly place: Place; readonly index: number }
  | { readonly kind: "name"; readonly place: Place; readonly name: string }
  | { readonly kind: "path"; readonly place: Place; readonly root: Node; readonly parts: readonly PathPart[] }
  | { readonly kind: "call"; readonly place: Place; readonly name: string; readonly operands: readonly Node[] }
  | { readonly kind: "operator"; readonly place: Place; readonly operator: string; readonly operands: readonly Node[] }
  | { readonly kind: "is"; readonly place: Place; readonly operand: Node; readonly type: string }
  | { readonly kind: "list" | "bag"; readonly place: Place; readonly members: readonly Node[] }
  | { readonly kind: "struct"; readonly place: Place; readonly members: readonly (readonly [Node, Node])[] }
  | SelectTree
  | InsertTree
  | ChangeTree;

export type Source = { readonly node: Node; readonly aliased: boolean };

export type SelectTree = {
  readonly kind: "select";
  readonly place: Place;
  readonly distinct: boolean;
  /** `SELECT VALUE`: not in DynamoDB. */
  readonly single: boolean;
  readonly projection: readonly Source[];
  readonly from: readonly Source[];
  readonly where: Node | undefined;
  readonly grouped: boolean;
  readonly having: Node | undefined;
  readonly order: readonly { readonly node: Node; readonly descending: boolean }[] | undefined;
  readonly limit: Node | undefined;
};

export type Returning = { readonly what: string; readonly star: boolean; readonly several: boolean };

export type InsertTree = {
  readonly kind: "insert";
  readonly place: Place;
  readonly target: Node;
  /** `INSERT INTO t <<…>>`, not `VALUE {…}`. */
  readonly many: boolean;
  readonly value: Node;
  readonly at: boolean;
  readonly returning: Returning | undefined;
};

export type ChangeAction =
  | { readonly kind: "set"; readonly target: Node; readonly value: Node }
  | { readonly kind: "remove"; readonly target: Node }
  | { readonly kind: "insert"; readonly insert: InsertTree };

/** UPDATE and DELETE, and PartiQL's `FROM … SET …`. */
export type ChangeTree = {
  readonly kind: "update" | "delete";
  readonly place: Place;
  readonly from: readonly Source[];
  readonly actions: readonly ChangeAction[];
  readonly where: Node | undefined;
  readonly returning: Returning | undefined;
};

/** A statement with as many parameters as it has question marks. */
export type StatementTree = { readonly root: Node; readonly parameters: number };
