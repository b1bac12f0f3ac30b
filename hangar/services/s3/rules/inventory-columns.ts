// The columns of an inventory in Parquet: names, types, and the schema as the manifest tells it.

/** Columns that are not text. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html */
const TYPES: Readonly<Record<string, "boolean" | "size" | "time">> = {
  IsLatest: "boolean",
  IsDeleteMarker: "boolean",
  IsMultipartUploaded: "boolean",
  Size: "size",
  LastModifiedDate: "time",
  ObjectLockRetainUntilDate: "time",
  LifecycleExpirationDate: "time",
};
const PARQUET = { boolean: "boolean", size: "int64", time: "int64", text: "binary" } as const;
const SQL = { boolean: "BOOLEAN", size: "BIGINT", time: "TIMESTAMP_MS", text: "VARCHAR" } as const;
const NOTES = { boolean: "", size: "", time: " (TIMESTAMP_MILLIS)", text: " (UTF8)" } as const;

type Column = { readonly name: string; readonly type: keyof typeof SQL; readonly required: boolean };

function columnOf(field: string): Column {
  const name = field.replaceAll(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return { name, type: TYPES[field] ?? "text", required: field === "Bucket" || field === "Key" };
}

export function parquetSchema(fields: readonly string[]): string {
  const lines = fields.map(columnOf).map(({ name, type, required }) => {
    return `${required ? "required" : "optional"} ${PARQUET[type]} ${name}${NOTES[type]};`;
  });
  return `message s3.inventory { ${lines.join(" ")} }`;
}

/** As a table of DuckDB's. */
export function tableColumns(fields: readonly string[]): string {
  return fields
    .map(columnOf)
    .map(({ name, type, required }) => `${name} ${SQL[type]}${required ? " NOT NULL" : ""}`)
    .join(", ");
}
