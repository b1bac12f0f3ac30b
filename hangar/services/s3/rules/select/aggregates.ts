// COUNT, SUM, AVG, MIN and MAX as records go by. Null and MISSING do not count.

import { fault } from "./faults.ts";
import type { Evaluate } from "./compile.ts";
import type { Aggregate } from "./syntax.ts";
import { compare, numberIn, numberOrNull, type Value } from "./values.ts";

export type Running = { add(record: Value): void; value(): Value };

/** Without an operand, of COUNT(*), each record counts. */
export function running(name: Aggregate, operand: Evaluate | undefined): Running {
  if (name === "COUNT") return counting(operand);
  if (operand === undefined) throw fault("EvaluatorInvalidArguments");
  return name === "SUM" || name === "AVG" ? summing(name, operand) : extreme(name, operand);
}

function counting(operand: Evaluate | undefined): Running {
  let count = 0;
  return {
    add(record) {
      const value = operand === undefined ? true : operand(record);
      if (value !== null && value !== undefined) count += 1;
    },
    value: () => count,
  };
}

function summing(name: "SUM" | "AVG", operand: Evaluate): Running {
  let [sum, count] = [0, 0];
  return {
    add(record) {
      const number = numberOrNull(operand(record));
      if (number === null) return;
      sum += number;
      count += 1;
    },
    value: () => (count === 0 ? null : name === "SUM" ? sum : sum / count),
  };
}

function extreme(name: "MIN" | "MAX", operand: Evaluate): Running {
  const wanted = name === "MIN" ? -1 : 1;
  let best: Value = null;
  return {
    add(record) {
      const value = operand(record);
      if (value === null || value === undefined) return;
      const held = typeof value === "string" ? (numberIn(value) ?? value) : value;
      if (best === null) best = held;
      else {
        const order = compare(held, best);
        if (order === undefined) throw fault("IncorrectSqlFunctionArgumentType");
        if (order * wanted > 0) best = held;
      }
    },
    value: () => best,
  };
}
