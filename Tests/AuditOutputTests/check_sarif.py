"""Checks SARIF logs, for SARIFTests.

check_sarif.py FILE...   one line a fault; the last line says how much was looked at. Exit status 0 unless the script fails.

The schema below is the part of the published sarif-schema-2.1.0.json (OASIS, errata 01) that our logs use: its required
properties, enumerations, patterns and bounds, with `additionalProperties: false` wherever it has that. A property that is
not listed here is one that we do not write; it must be looked up in the published schema and added.
"""

import json
import sys

from jsonschema import Draft4Validator


def obj(properties, required=(), **more):
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties, properties={"$ref": "#/definitions/propertyBag"}),
        **more,
    }
    # Draft 4 allows no empty list here.
    if required:
        schema["required"] = list(required)
    return schema


def ref(name):
    return {"$ref": f"#/definitions/{name}"}


def array(items, unique=False):
    return {"type": "array", "minItems": 0, "uniqueItems": unique, "items": items}


STRING = {"type": "string"}
INTEGER = {"type": "integer"}
INDEX = {"type": "integer", "minimum": -1}
URI = {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:"}
LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}
STRINGS = {"type": "object", "additionalProperties": STRING}
LEVEL = {"type": "string", "enum": ["none", "note", "warning", "error"]}
ROLES = (
    "analysisTarget attachment responseFile resultFile standardStream tracedFile unmodified modified added deleted renamed "
    "uncontrolled driver extension translation taxonomy policy referencedOnCommandLine memoryContents directory "
    "userSpecifiedConfiguration toolSpecifiedConfiguration debugOutputFile"
).split()

SCHEMA = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    **obj(
        {
            "$schema": URI,
            "version": {"type": "string", "enum": ["2.1.0"]},
            "runs": array(ref("run")),
        },
        ["version", "runs"],
    ),
    "definitions": {
        "propertyBag": {"type": "object", "properties": {"tags": array(STRING, unique=True)}},
        "message": obj(
            {"text": STRING, "markdown": STRING, "id": STRING, "arguments": array(STRING)},
            anyOf=[{"required": ["text"]}, {"required": ["id"]}],
        ),
        "multiformatMessageString": obj({"text": STRING, "markdown": STRING}, ["text"]),
        "run": obj(
            {
                "tool": ref("tool"),
                "invocations": array(ref("invocation")),
                "language": LANGUAGE,
                "artifacts": array(ref("artifact"), unique=True),
                "results": array(ref("result")),
                "columnKind": {"type": "string", "enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            },
            ["tool"],
        ),
        "tool": obj({"driver": ref("toolComponent")}, ["driver"]),
        "toolComponent": obj(
            {
                "name": STRING,
                "fullName": STRING,
                "version": STRING,
                "semanticVersion": STRING,
                "informationUri": URI,
                "language": LANGUAGE,
                "notifications": array(ref("reportingDescriptor"), unique=True),
                "rules": array(ref("reportingDescriptor"), unique=True),
            },
            ["name"],
        ),
        "reportingDescriptor": obj(
            {
                "id": STRING,
                "name": STRING,
                "shortDescription": ref("multiformatMessageString"),
                "fullDescription": ref("multiformatMessageString"),
                "defaultConfiguration": ref("reportingConfiguration"),
                "helpUri": URI,
                "help": ref("multiformatMessageString"),
            },
            ["id"],
        ),
        "reportingConfiguration": obj({"enabled": {"type": "boolean"}, "level": LEVEL}),
        "reportingDescriptorReference": obj({"id": STRING, "index": INDEX}, ["id"]),
        "invocation": obj(
            {
                "exitCode": INTEGER,
                "exitCodeDescription": STRING,
                "executionSuccessful": {"type": "boolean"},
                "toolExecutionNotifications": array(ref("notification")),
                "toolConfigurationNotifications": array(ref("notification")),
            },
            ["executionSuccessful"],
        ),
        "notification": obj(
            {
                "locations": array(ref("location"), unique=True),
                "message": ref("message"),
                "level": LEVEL,
                "descriptor": ref("reportingDescriptorReference"),
            },
            ["message"],
        ),
        "artifact": obj(
            {
                "location": ref("artifactLocation"),
                "length": INDEX,
                "roles": array({"type": "string", "enum": ROLES}, unique=True),
                "encoding": STRING,
                "hashes": STRINGS,
            }
        ),
        "artifactLocation": obj({"uri": STRING, "index": INDEX}),
        "result": obj(
            {
                "ruleId": STRING,
                "ruleIndex": INDEX,
                "kind": {"type": "string", "enum": "notApplicable pass fail review open informational".split()},
                "level": LEVEL,
                "message": ref("message"),
                "locations": array(ref("location")),
                "partialFingerprints": STRINGS,
                "suppressions": array(ref("suppression"), unique=True),
            },
            ["message"],
        ),
        "suppression": obj(
            {
                "kind": {"type": "string", "enum": ["inSource", "external"]},
                "status": {"type": "string", "enum": ["accepted", "underReview", "rejected"]},
                "justification": STRING,
            },
            ["kind"],
        ),
        "location": obj(
            {
                "physicalLocation": ref("physicalLocation"),
                "logicalLocations": array(ref("logicalLocation"), unique=True),
                "message": ref("message"),
            }
        ),
        "physicalLocation": obj(
            {"artifactLocation": ref("artifactLocation"), "region": ref("region")},
            anyOf=[{"required": ["address"]}, {"required": ["artifactLocation"]}],
        ),
        "region": obj(
            {"startLine": {"type": "integer", "minimum": 1}},
            anyOf=[{"required": ["startLine"]}, {"required": ["charOffset"]}, {"required": ["byteOffset"]}],
        ),
        "logicalLocation": obj({"name": STRING, "fullyQualifiedName": STRING, "kind": STRING}),
    },
}


def beyond_schema(log):
    """What the specification asks for and a schema cannot say."""
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        rules = [rule["id"] for rule in driver["rules"]]
        files = {artifact["location"]["uri"] for artifact in run["artifacts"]}
        notifications = {descriptor["id"] for descriptor in driver["notifications"]}
        if len(set(rules)) != len(rules):
            yield "a rule occurs twice"
        for rule in driver["rules"]:
            for key in "name shortDescription fullDescription help defaultConfiguration".split():
                if not rule.get(key):
                    yield f"rule {rule['id']} has no {key}"
            if not rule["help"].get("markdown"):
                yield f"rule {rule['id']} has no help in Markdown"
        prints = set()
        for number, result in enumerate(run["results"]):
            if rules[result["ruleIndex"]] != result["ruleId"]:
                yield f"result {number}: ruleIndex is not that of {result['ruleId']}"
            if len(result["locations"]) != 1:
                yield f"result {number} has {len(result['locations'])} locations"
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            if uri not in files:
                yield f"result {number}: no artifact {uri}"
            for value in result["partialFingerprints"].values():
                if (uri, value) in prints:
                    yield f"result {number}: a fingerprint twice in one file"
                prints.add((uri, value))
        for invocation in run["invocations"]:
            told = invocation["toolExecutionNotifications"]
            if invocation["executionSuccessful"] != (not told):
                yield "executionSuccessful does not go with the notifications"
            for notification in told:
                if notification["descriptor"]["id"] not in notifications:
                    yield f"unknown notification {notification['descriptor']['id']}"


def main():
    Draft4Validator.check_schema(SCHEMA)
    validator = Draft4Validator(SCHEMA)
    results = 0
    for name in sys.argv[1:]:
        with open(name, "rb") as file:
            try:
                log = json.loads(file.read().decode("utf-8"))
            except ValueError as error:
                print(f"{name}: {error}")
                continue
        faults = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(log)]
        for fault in faults or beyond_schema(log):
            print(f"{name}: {fault}")
        results += sum(len(run["results"]) for run in log["runs"])
    print(f"{len(sys.argv) - 1} logs, {results} results")


main()
