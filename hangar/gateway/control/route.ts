// What a route of ours is: what it takes, what it answers, and what runs. The OpenAPI file is written from the same words.

import type { Cloud } from "../../cloud/cloud.ts";
import type { World } from "../../cloud/world.ts";
import type { Incoming } from "../exchange.ts";
import type { Schema } from "./schema.ts";

export type Asked = {
  readonly cloud: Cloud;
  readonly world: World;
  readonly request: Incoming;
  /** What stands in the path's `{braces}`, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** As its schema has it; empty where the route takes none. */
  readonly body: Readonly<Record<string, unknown>>;
};

export type Route = {
  readonly method: "GET" | "POST" | "DELETE";
  /** e.g. `/_hangar/forks/{name}`. */
  readonly path: string;
  /** One sentence. */
  readonly says: string;
  readonly query?: Readonly<Record<string, Schema>>;
  /** Without one a body is not read. */
  readonly body?: Schema;
  readonly answer: Schema;
  /** Statuses beside 400 that it may refuse with, and when. */
  readonly refuses?: Readonly<Record<number, string>>;
  readonly run: (asked: Asked) => unknown;
};

/** Refused in our own words; whatever else is thrown answers 400 with its message, or 500 if it is our bug. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
