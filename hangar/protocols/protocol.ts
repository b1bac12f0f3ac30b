// What a wire protocol does: bytes to a typed input, a typed output or error to bytes. Knows no service.

import type { AwsError } from "../kernel/aws-error.ts";
import type { ProtocolName, ServiceModel } from "../models/model.ts";

/** A request as it came in. Header names are lower case; path and query are raw (percent-encoded), query without `?`. */
export type WireRequest = {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body (decoded from gzip and aws-chunked), except for operations whose input payload streams: see `stream`. */
  readonly body: Uint8Array;
  /** The body of an operation with a streaming payload, decoded from aws-chunked. */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
};

export type WireResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Text stays text: node writes a string and its head in one go. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
};

export type ResponseFacts = {
  readonly requestId: string;
  /** S3's x-amz-id-2. */ readonly extendedRequestId?: string | undefined;
};

/** Under this an output holds a status that its model does not have. */
export const STATUS: unique symbol = Symbol("status");
/** An interface, because a declaration can name it: what it inlined instead would name the symbol, which is not there. */
export interface ChosenStatus {
  readonly [STATUS]?: number;
}

/** The operation a request is for. `labels` are URI labels, decoded. */
export type Route = { readonly operation: string; readonly labels: Readonly<Record<string, string>> };

export type Protocol = {
  readonly name: ProtocolName;
  /** Undefined when no operation of the model matches. */
  route(model: ServiceModel, request: WireRequest): Route | undefined;
  /** Throws AwsError (SerializationException, MalformedXML …) for what AWS could not read either. */
  parse(model: ServiceModel, route: Route, request: WireRequest): Record<string, unknown>;
  serialise(
    model: ServiceModel,
    operation: string,
    output: Record<string, unknown>,
    facts: ResponseFacts,
  ): WireResponse;
  /** `operation` is undefined when the request never got that far. */
  serialiseError(
    model: ServiceModel,
    operation: string | undefined,
    error: AwsError,
    facts: ResponseFacts,
  ): WireResponse;
};
