// Which operations take their body as a stream, and which answer with one.

import type { ServiceModel } from "../models/model.ts";

export function streamsIn(model: ServiceModel, operation: string): boolean {
  return payloadStreams(model, model.operations[operation]?.input);
}

export function streamsOut(model: ServiceModel, operation: string): boolean {
  return payloadStreams(model, model.operations[operation]?.output);
}

const streaming = new WeakMap<ServiceModel, Map<string, boolean>>();

function payloadStreams(model: ServiceModel, name: string | undefined): boolean {
  if (name === undefined) return false;
  let known = streaming.get(model);
  if (known === undefined) {
    known = new Map();
    streaming.set(model, known);
  }
  let answer = known.get(name);
  if (answer === undefined) {
    const shape = model.shapes[name];
    answer =
      shape !== undefined &&
      "members" in shape &&
      Object.values(shape.members).some((member) => member.streaming === true);
    known.set(name, answer);
  }
  return answer;
}
