// TEMPORARY until the real one lands here: passes bodies through.
export function decodeAwsChunked(
  body: AsyncIterable<Uint8Array>,
  _headers: Readonly<Record<string, string>>,
  _signing: unknown,
): AsyncIterable<Uint8Array> {
  return body;
}
