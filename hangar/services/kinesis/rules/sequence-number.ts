// Sequence numbers as AWS makes them: 56 digits with the shard's epoch, the record's number and second, and the shard in them.

/** Hexadecimal: version, epoch in seconds (9), shard's last digit, number (16), `00`, seconds of arrival (9), shard (8), version. */
const LAYOUT = /^2([0-9a-f]{9})[0-9a-f]([0-7][0-9a-f]{15})[0-9a-f]{2}([0-9a-f]{9})([0-7][0-9a-f]{7})2$/;
const LAST = "7fffffffffffffff";

export type Sequence = {
  readonly epoch: number;
  readonly number: number;
  readonly at: number;
  readonly shard: number;
};

export function sequenceNumber({ epoch, number, at, shard }: Sequence): string {
  return written(epoch, hex(number, 16), at, shard);
}

/** What a closed shard ends with: no record has it. */
export function lastSequenceNumber(epoch: number, at: number, shard: number): string {
  return written(epoch, LAST, at, shard);
}

/** Undefined when the text is no sequence number of today's kind. */
export function parseSequenceNumber(text: string): Sequence | undefined {
  const [, epoch, number, at, shard] = LAYOUT.exec(BigInt(text).toString(16)) ?? [];
  if (epoch === undefined || number === undefined || at === undefined || shard === undefined) return undefined;
  return {
    epoch: parseInt(epoch, 16) * 1000,
    number: parseInt(number, 16),
    at: parseInt(at, 16) * 1000,
    shard: parseInt(shard, 16),
  };
}

function written(epoch: number, number: string, at: number, shard: number): string {
  const digit = hex(shard, 8).slice(-1);
  return BigInt(`0x2${seconds(epoch)}${digit}${number}00${seconds(at)}${hex(shard, 8)}2`).toString();
}

function seconds(time: number): string {
  return hex(Math.floor(time / 1000), 9);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
