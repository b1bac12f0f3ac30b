// PartiQL statements with their parameters put in.

import type { Item } from "../attribute-value.ts";
import type { BoundAction } from "../bind-update.ts";
import type { BoundPath } from "../bindings.ts";
import type { BoundCondition } from "../bound-condition.ts";

export type Order = { readonly name: string; readonly descending: boolean };

export type Select = {
  readonly kind: "select";
  readonly table: string;
  readonly index: string | undefined;
  /** Undefined for all attributes. */
  readonly projection: readonly BoundPath[] | undefined;
  readonly where: BoundCondition | undefined;
  /** Undefined without ORDER BY. */
  readonly order: readonly Order[] | undefined;
};
export type Insert = { readonly kind: "insert"; readonly table: string; readonly item: Item };
export type Update = {
  readonly kind: "update";
  readonly table: string;
  readonly actions: readonly BoundAction[];
  readonly where: BoundCondition | undefined;
  readonly returning: Returned | undefined;
};
export type Delete = {
  readonly kind: "delete";
  readonly table: string;
  readonly where: BoundCondition | undefined;
  readonly returning: Returned | undefined;
};
/** EXISTS(SELECT …): a condition of a transaction. */
export type Exists = { readonly kind: "exists"; readonly select: Select };

/** In UpdateItem's words. */
export type Returned = "ALL_OLD" | "ALL_NEW" | "UPDATED_OLD" | "UPDATED_NEW";

export type Statement = Select | Insert | Update | Delete | Exists;
