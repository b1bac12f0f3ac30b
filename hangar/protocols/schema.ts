// Look-ups in a compiled model that every protocol needs, each worked out once per model and kept.
import type {
  ErrorFacts,
  Member,
  OperationModel,
  ServiceModel,
  Shape,
  SimpleShape,
  StructureShape,
} from "../models/model.ts";

/** What a protocol compiles from a model is kept as long as the model is. */
export const oncePerModel = <T>(compile: (model: ServiceModel) => T): ((model: ServiceModel) => T) => {
  const known = new WeakMap<ServiceModel, T>();
  return (model) => {
    let value = known.get(model);
    if (value === undefined) {
      value = compile(model);
      known.set(model, value);
    }
    return value;
  };
};

export const namedShape = (model: ServiceModel, name: string): Shape => {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`The model of ${model.service} has no shape ${name}`);
  return shape;
};

const simple: Readonly<Record<SimpleShape["type"], SimpleShape>> = {
  string: { type: "string" },
  blob: { type: "blob" },
  boolean: { type: "boolean" },
  integer: { type: "integer" },
  long: { type: "long" },
  float: { type: "float" },
  double: { type: "double" },
  bigInteger: { type: "bigInteger" },
  bigDecimal: { type: "bigDecimal" },
  timestamp: { type: "timestamp" },
  document: { type: "document" },
};

export const shapeOf = (model: ServiceModel, member: Member): Shape =>
  member.target === undefined ? simple[member.type ?? "document"] : namedShape(model, member.target);

export const isStructure = (shape: Shape | undefined): shape is StructureShape =>
  shape?.type === "structure" || shape?.type === "union";

const nothing: StructureShape = { type: "structure", members: {} };

export const structureNamed = (model: ServiceModel, name: string | undefined): StructureShape => {
  const shape = name === undefined ? nothing : model.shapes[name];
  return isStructure(shape) ? shape : nothing;
};

export const operationNamed = (model: ServiceModel, name: string): OperationModel => {
  const operation = model.operations[name];
  if (operation === undefined) throw new Error(`The model of ${model.service} has no operation ${name}`);
  return operation;
};

export type ErrorShape = { readonly name: string; readonly shape: StructureShape; readonly facts: ErrorFacts };

const errorShapes = oncePerModel((model) => {
  const byCode = new Map<string, ErrorShape>();
  const errors = Object.entries(model.shapes).flatMap(([name, shape]): ErrorShape[] =>
    isStructure(shape) && shape.error !== undefined ? [{ name, shape, facts: shape.error }] : [],
  );
  // A shape's own name wins over another shape's wire code.
  for (const error of errors)
    for (const code of [error.facts.queryCode, error.facts.code]) if (code !== undefined) byCode.set(code, error);
  for (const error of errors) byCode.set(error.name, error);
  return byCode;
});

/** The modelled error a code names, whether as shape or as code of any protocol. */
export const errorShape = (model: ServiceModel, code: string): ErrorShape | undefined => errorShapes(model).get(code);
