// An event of a function: where it comes from, what it needs, and what lets it in.

import type { Expansion } from "../expansion.ts";
import { suffixed } from "../logical-ids.ts";
import type { Fields } from "../python-order.ts";
import { Resource } from "../resource.ts";
import type { Shape } from "../shape.ts";

export type Event = {
  /** Of the function and of the event, joined. */
  readonly id: string;
  /** The event's name among its function's. */
  readonly name: string;
  readonly properties: Fields;
};

/** What an event leads to: the function or its alias, or a state machine. */
export type Target = {
  readonly resource: Resource;
  /** The function's role, where SAM makes it. */
  readonly role: Resource | undefined;
  readonly boundary?: unknown;
  readonly expansion: Expansion;
};

/** A source within the template, found before anything is made. */
export type Link = { readonly id: string; readonly resource: Fields };

export type EventKind = {
  readonly shape: Shape;
  readonly link?: (event: Event, resources: Fields) => Link;
  readonly expand: (event: Event, target: Target, link: Link | undefined) => Resource[];
};

type Allowed = {
  readonly principal: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly sourceArn?: unknown;
  readonly sourceAccount?: unknown;
};

/** Lets a service invoke the target. */
export function permission(event: Event, { resource }: Target, allowed: Allowed): Resource {
  return new Resource(
    "AWS::Lambda::Permission",
    suffixed(`${allowed.prefix ?? event.id}Permission`, allowed.suffix ?? ""),
    {
      Action: "lambda:InvokeFunction",
      FunctionName: resource.ref(),
      Principal: allowed.principal,
      SourceArn: allowed.sourceArn,
      SourceAccount: allowed.sourceAccount,
    },
    { attributes: resource.passedOn() },
  );
}
