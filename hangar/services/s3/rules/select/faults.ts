// The errors of S3 Select, in AWS's words. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#SelectObjectContentErrorCodeList

import type { AwsError } from "../../../../kernel/aws-error.ts";
import { s3Error } from "../../errors.ts";

const MESSAGES = {
  AmbiguousFieldName:
    "The field name matches to multiple fields in the file. Check the SQL expression and the file, and try again.",
  CastFailed: "Attempt to convert from one data type to another using CAST failed in the SQL expression.",
  CSVEscapingRecordDelimiter:
    "A quoted record delimiter was found in the file. To allow quoted record delimiters, set AllowQuotedRecordDelimiter to 'TRUE'.",
  CSVUnescapedQuote: "An unescaped quote was found while parsing the CSV file. Check the file and try again.",
  EvaluatorBindingDoesNotExist: "A column name or a path provided does not exist in the SQL expression.",
  EvaluatorInvalidArguments: "There is an incorrect number of arguments in the function call in the SQL expression.",
  EvaluatorInvalidTimestampFormatPattern:
    "The timestamp format pattern contains an invalid symbol in the SQL expression.",
  EvaluatorNegativeLimit: "LIMIT must not be negative.",
  ExpressionTooLong: "The SQL expression is too long: The maximum byte-length for the SQL expression is 256 KB.",
  IncorrectSqlFunctionArgumentType: "Incorrect type of arguments in function call in the SQL expression.",
  IntegerOverflow: "An integer overflow or underflow occurred in the SQL expression.",
  InvalidJsonType: "The JsonType is invalid. Only DOCUMENT and LINES are supported.",
  InvalidKeyPath: "The key path in the SQL expression is invalid.",
  InvalidRequestParameter:
    "The value of a parameter in SelectRequest element is invalid. Check the service API documentation and try again.",
  InvalidScanRange:
    "The value of a parameter in ScanRange element is invalid. Check the service API documentation and try again.",
  JSONParsingError: "Error parsing JSON file. Please check the file and try again.",
  LikeInvalidInputs: "Invalid argument given to the LIKE clause in the SQL expression.",
  MissingHeaders: "Some headers in the query are missing from the file. Check the file and try again.",
  MissingRequiredParameter:
    "The SelectRequest entity is missing a required parameter. Check the service documentation and try again.",
  ObjectSerializationConflict:
    "InputSerialization specifies more than one format (CSV, JSON, or Parquet), or OutputSerialization specifies more than one format (CSV or JSON). InputSerialization and OutputSerialization can only specify one format each.",
  OverMaxRecordSize: "The character number in one record is more than our max threshold, maxCharsPerRecord: 1,048,576",
  ParquetParsingError: "Error parsing Parquet file. Please check the file and try again.",
  TruncatedInput:
    "Object decompression failed. Check that the object is properly compressed using the format specified in the request.",
  UnsupportedFunction: "Encountered an unsupported SQL function.",
  UnsupportedScanRangeInput:
    "Scan range queries are not supported on this type of object. Supported objects are uncompressed CSV and JSON objects whose record delimiters are not quoted, and Parquet objects.",
  UnsupportedSqlStructure: "Encountered an unsupported SQL structure. Check the SQL Reference.",
  UnsupportedStorageClass:
    "We encountered an unsupported storage class. Only STANDARD, STANDARD_IA, and ONEZONE_IA storage classes are supported.",
  UnsupportedSyntax: "Encountered syntax that is not supported.",
  ValueParseFailure: "Time stamp parse failure in the SQL expression.",
} as const;

export function fault(code: keyof typeof MESSAGES): AwsError {
  return s3Error(code, MESSAGES[code]);
}

export function invalidCompression(format: string): AwsError {
  const message = `${format} is not applicable to the queried object. Please correct the request and try again.`;
  return s3Error("InvalidCompressionFormat", message);
}

export function invalidText(position: number): AwsError {
  const near = position.toLocaleString("en-US");
  const message = `UTF-8 encoding is required. The text encoding error was found near byte ${near}.`;
  return s3Error("InvalidTextEncoding", message);
}

/** Errors of the expression's text say where: `… at line 1, column 8.` */
export function syntaxFault(
  code: string,
  what: string,
  at: { readonly line: number; readonly column: number },
): AwsError {
  return s3Error(code, `${what} at line ${at.line}, column ${at.column}.`);
}
