// The last answer of a client as it came: its status and headers, and the body of a refusal.

import { STATUS_CODES } from "node:http";
import type { SdkRequestHandler } from "../gateway/in-process.ts";
import { parseXml, type XmlElement } from "../protocols/xml-parse.ts";

export type Wire = { status: number; headers: Record<string, string>; body: string; kept?: boolean };
type Response = { statusCode: number; headers: Record<string, string>; body: unknown };
type Names = Readonly<Record<string, unknown>>;

/** The handler of a client, whose answers are noted. */
export function noted(handler: SdkRequestHandler, wire: Wire): SdkRequestHandler {
  const handle: SdkRequestHandler["handle"] = async (request, options) => {
    const answer = await handler.handle(request, options);
    await note(wire, answer.response);
    return answer;
  };
  return { ...handler, handle };
}

async function note(wire: Wire, response: Response): Promise<void> {
  wire.status = response.statusCode;
  wire.headers = response.headers;
  if (response.statusCode < 300 && wire.kept !== true) return;
  wire.body = await textOf(response.body);
  response.body = Buffer.from(wire.body);
}

export async function textOf(body: unknown): Promise<string> {
  return (await bytesOf(body)).toString();
}

export async function bytesOf(body: unknown): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** An error in boto3's form: code and message, what the query protocols say beside, and the members that the model has (`modelled`, by the error's shape). */
export function errorOf(wire: Wire, modelled: (shape: string) => readonly string[]): object {
  if (wire.body.startsWith("<")) return xmlError(parseXml(wire.body), modelled);
  const body = (wire.body === "" ? {} : JSON.parse(wire.body)) as Names;
  const type = textIn(body["__type"] ?? wire.headers["x-amzn-errortype"]);
  const shape = (type.split("#").at(-1) ?? "").split(":")[0] ?? "";
  const [queryCode, Type] = wire.headers["x-amzn-query-error"]?.split(";") ?? [];
  const Code = queryCode ?? (shape === "" ? String(wire.status) : shape);
  const Message = body["message"] ?? body["Message"] ?? (shape === "" ? STATUS_CODES[wire.status] : "");
  const query = queryCode === undefined ? {} : { QueryErrorCode: shape, Type };
  return { Error: { Code, Message, ...query }, ...picked(body, modelled(shape)) };
}

function xmlError(root: XmlElement, modelled: (shape: string) => readonly string[]): object {
  const error = root.children.find(({ name }) => name === "Error") ?? root;
  const members = Object.fromEntries(error.children.map(({ name, text }) => [name, text === "" ? null : text]));
  return { Error: members, ...picked(members, modelled(textIn(members["Code"]))) };
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function picked(members: Names, names: readonly string[]): object {
  return Object.fromEntries(names.filter((name) => name in members).map((name) => [name, members[name]]));
}

/** An answer whose bytes are as Python writes them. */
export function withBytesShown(value: unknown): unknown {
  if (value instanceof Uint8Array) return `b'${[...value].map(shownByte).join("")}'`;
  if (Array.isArray(value)) return value.map(withBytesShown);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withBytesShown(member)]));
}

const ESCAPES: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r" };

function shownByte(byte: number): string {
  const named = ESCAPES[byte];
  if (named !== undefined) return named;
  if (byte >= 0x20 && byte < 0x7f) return byte === 0x5c ? "\\\\" : String.fromCharCode(byte);
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}
