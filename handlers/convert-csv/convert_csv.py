# Converts a CSV catalogue (imports/<user>/<id>.csv) to JSON lines (converted/<user>/<id>.jsonl).
import csv
import io
import json
import os
import urllib.parse

import boto3

s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table(os.environ["TABLE"]) if "TABLE" in os.environ else None


class BadCatalogue(Exception):
    """The file cannot be converted; the words are for its owner."""


def json_lines(text):
    """Yields one JSON object a row, its names taken from the first row."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(rows, [])]
        if not names or not all(names):
            raise BadCatalogue("The first line does not name every column")
        if len(set(names)) < len(names):
            raise BadCatalogue("Two columns have the same name")
        for row in rows:
            if not row:
                continue
            if len(row) != len(names):
                raise BadCatalogue(f"Line {rows.line_num} has {len(row)} values for {len(names)} columns")
            yield json.dumps(dict(zip(names, row)), ensure_ascii=False)
    except csv.Error as error:
        raise BadCatalogue(f"Line {rows.line_num} is not CSV: {error}") from error


def decode(body):
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCatalogue("The file is not UTF-8 text") from error


def settle(owner, import_id, **facts):
    """Writes how the conversion went to the import's item, if it is still there."""
    names = {f"#{name}": name for name in facts}
    try:
        table.update_item(
            Key={"pk": f"USER#{owner}", "sk": f"IMPORT#{import_id}"},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in facts),
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={f":{name}": value for name, value in facts.items()},
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        log("info", "Nobody waits for this import", owner=owner, importId=import_id)


def log(level, message, **fields):
    print(json.dumps({"level": level, "message": message, **fields}))


def convert(bucket, key):
    _, owner, name = key.split("/", 2)
    import_id = name.removesuffix(".csv")
    body = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    try:
        lines = list(json_lines(decode(body)))
    except BadCatalogue as problem:
        log("warning", "A catalogue was refused", key=key, reason=str(problem))
        settle(owner, import_id, status="failed", reason=str(problem))
        return
    s3.put_object(
        Bucket=bucket,
        Key=f"converted/{owner}/{import_id}.jsonl",
        Body="".join(line + "\n" for line in lines).encode(),
        ContentType="application/x-ndjson",
    )
    settle(owner, import_id, status="converted", rows=len(lines))
    log("info", "A catalogue was converted", key=key, rows=len(lines))


def handler(event, context):
    for record in event["Records"]:
        convert(record["s3"]["bucket"]["name"], urllib.parse.unquote_plus(record["s3"]["object"]["key"]))
