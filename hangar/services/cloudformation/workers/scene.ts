// What all tasks of an operation share: the stack, its prepared template, and values of resources as they are now.

import { reachableIn } from "../../../cloud/reachable-url.ts";
import type { Context } from "../../../cloud/operation.ts";
import { NO_VALUE, type Environment } from "../rules/environment.ts";
import { evaluate } from "../rules/evaluate.ts";
import { fillDynamicReferences, secretField, type DynamicReference } from "../rules/dynamic-references.ts";
import { invalid } from "../errors.ts";
import { isCustom } from "../rules/coverage.ts";
import { isObject, type PlainObject, type Template } from "../rules/template.ts";
import { within, type Deployment, type Resource, type Stack, type Tables } from "../store.ts";
import { readParameter, readSecret } from "./read-values.ts";
import { settle, templateOf, type Prepared } from "./prepare.ts";

export class Scene {
  readonly deployment: Deployment;
  readonly context: Context<Tables>;
  #prepared: Prepared | undefined;

  constructor(deployment: Deployment, context: Context<Tables>, prepared?: Prepared) {
    this.deployment = deployment;
    this.context = context;
    this.#prepared = prepared;
  }

  /** The same scene in a later phase. */
  at(deployment: Deployment): Scene {
    return new Scene(deployment, this.context, this.#prepared);
  }

  get stack(): Stack {
    const stack = this.context.store.stacks.get(this.deployment.stackId);
    if (stack === undefined) throw new Error(`No stack ${this.deployment.stackId}.`);
    return stack;
  }

  get prepared(): Prepared {
    if (this.#prepared === undefined) {
      const { target } = this.deployment;
      const { id, name } = this.stack;
      this.#prepared = settle(
        templateOf(target),
        target.parameters,
        { stackId: id, stackName: name, notificationArns: target.notificationArns },
        this.context,
      );
    }
    return this.#prepared;
  }

  get template(): Template {
    return this.prepared.template;
  }

  get environment(): Environment {
    return {
      ...this.prepared.environment,
      ref: (name) => this.#refOf(name),
      attribute: (name, attribute) => this.#attributeOf(name, attribute),
    };
  }

  resource(logicalId: string): Resource | undefined {
    return this.context.store.resources.get(within(this.deployment.stackId, logicalId));
  }

  evaluate(value: unknown): unknown {
    const found = evaluate(value, this.environment);
    return found === NO_VALUE ? undefined : reachableIn(found, this.deployment.origin);
  }

  /** Parameters and secrets that texts resolve to, read as this moment has them. */
  async fill(properties: PlainObject): Promise<PlainObject> {
    return (await fillDynamicReferences(properties, (reference) => this.#lookUp(reference))) as PlainObject;
  }

  #refOf(name: string): unknown {
    const state = this.resource(name)?.state;
    if (state === undefined)
      throw invalid(`Unresolved resource dependencies [${name}] in the Resources block of the template`);
    return state.ref ?? state.id;
  }

  #attributeOf(name: string, attribute: string): unknown {
    const resource = this.resource(name);
    if (resource?.state === undefined)
      throw invalid(`Template error: instance of Fn::GetAtt references undefined resource ${name}`);
    const { attributes } = resource.state;
    const direct =
      attributes[attribute] ??
      attribute.split(".").reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), attributes);
    if (direct !== undefined) return direct;
    if (isCustom(resource.type))
      throw invalid(
        `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${resource.state.id}`,
      );
    throw invalid(`Resource type ${resource.type} does not support attribute {${attribute}}`);
  }

  async #lookUp(reference: DynamicReference): Promise<string> {
    const { context } = this;
    const { caller } = this.deployment;
    if (reference.service === "secretsmanager")
      return secretField(await readSecret(reference, caller, context), reference);
    const parameter = await readParameter(reference.name, reference.version, caller, context);
    if (parameter === undefined)
      throw invalid(`Unable to fetch parameters [${reference.name}] from parameter store for this account.`);
    if (parameter.type === "SecureString" && reference.service === "ssm")
      throw invalid(`SSM Secure reference is not supported in: [${this.deployment.stackId}]`);
    return parameter.value;
  }
}
