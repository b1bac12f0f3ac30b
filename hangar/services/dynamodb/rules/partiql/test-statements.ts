// What the suites of statements share: a statement read, and what is said of it.

import type { AttributeValue } from "../attribute-value.ts";
import { readStatement } from "./statement-of.ts";

export const UNDERFLOW = "Number underflow. Attempting to store a number with magnitude smaller than supported range";

export const messageOf = (Statement: string, Parameters?: readonly AttributeValue[]): string => {
  try {
    readStatement({ Statement, Parameters });
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
};

export const read = (statement: string, ...parameters: readonly AttributeValue[]) =>
  readStatement({ Statement: statement, Parameters: parameters });
