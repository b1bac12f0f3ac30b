// What all resources of one template share while it is transformed.

import type { Resource } from "./resource.ts";
import type { Fields } from "./python-order.ts";

export type Expansion = {
  /** As the transform reads it; events write into the APIs, buckets and user pools that they name. */
  readonly resources: Fields;
  /** As it will be: the resources that are already made. */
  readonly written: Fields;
  /** Of the written template; SAM adds its own. Undefined where the template has none. */
  readonly conditions: Fields | undefined;
  readonly parameters: Fields;
  readonly mappings: Fields;
  readonly managedPolicyArn: (name: string) => string | undefined;
  /** Seconds since the epoch, for APIs that are always deployed. */
  readonly seconds: number;
  /** Names of functions behind each REST API: another name is another deployment. */
  readonly functionNames: Map<string, string>;
  readonly recordSets: Map<string, Resource>;
  readonly usagePlan: SharedUsagePlan;
};

/** The usage plan that APIs share when they ask for it. */
export type SharedUsagePlan = {
  readonly needs: string[];
  readonly stages: Fields[];
  readonly keys: Fields[];
  readonly conditions: string[];
  unconditional: boolean;
  deletionPolicy: string | undefined;
  updateReplacePolicy: string | undefined;
};

export function noUsagePlan(): SharedUsagePlan {
  return {
    needs: [],
    stages: [],
    keys: [],
    conditions: [],
    unconditional: false,
    deletionPolicy: undefined,
    updateReplacePolicy: undefined,
  };
}
