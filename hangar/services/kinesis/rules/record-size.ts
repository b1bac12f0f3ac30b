// What a record counts: its data and its partition key.

export function bytesOf(data: Uint8Array, partitionKey: string | undefined): number {
  return data.byteLength + Buffer.byteLength(partitionKey ?? "");
}
