"""Checks audits against etc/nianbao/audit.schema.json, for SchemaTests.

check_audits.py valid SCHEMA FILE...    each FILE is one audit; says what is wrong with it, also beyond the schema
check_audits.py mutate SCHEMA FILE...   changes each key of each audit in turn; says which change the schema let pass

One line a fault; the last line says how much was looked at. Exit status 0 unless the script itself fails.
"""

import json
import re
import sys

from jsonschema import Draft202012Validator

# The keys that may be null where they are not (contract.md), by path; `*` is an index or a row, column or key. Written
# down here once more, so that the schema cannot allow a null that nobody meant.
NULLABLE = [
    re.compile(pattern)
    for pattern in [
        r"reused",
        r"report/(title|agency|year|period|signedOn)",
        r"report/tables/(disclosure|applications|disputes)",
        r"report/tables/[a-z]+/[^/]+",
        r"report/tables/[a-z]+/[^/]+/[^/]+",
        r"report/fee/(applications|amountYuan)",
        r"findings/\d+/location/(section|page|line|quote|column|row|table)",
        r"findings/\d+/(expected|actual|formula|waived)",
        r"checks/\d+/reason",
        r"waivers/\d+/(agency|file|place|year)",
    ]
]

# Null where there is nothing, never "" — but for the text of a cell, which may be empty in the report.
MAY_BE_EMPTY = re.compile(r"report/cells/\d+/text")

OTHER = [True, 12345.5, "retyped", [], {}]


def kind(value):
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {str: "string", list: "array", dict: "object", type(None): "null"}[type(value)]


def nodes(value, path=()):
    """Every container, with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, child in value.items():
            yield from nodes(child, path + (key,))
    elif isinstance(value, list):
        yield path, value
        for index, child in enumerate(value):
            yield from nodes(child, path + (index,))


def shown(path):
    return "/".join(map(str, path))


def sorted_keys(pairs):
    keys = [key for key, _ in pairs]
    if keys != sorted(keys):
        raise ValueError(f"keys are not sorted: {keys}")
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key occurs twice: {keys}")
    return dict(pairs)


def beyond_schema(audit):
    """What a schema cannot say."""
    for path, node in nodes(audit):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if value == "" and not MAY_BE_EMPTY.fullmatch(shown(path + (key,))):
                yield f'{shown(path + (key,))} is "" instead of null'
    for severity, count in audit["counts"].items():
        found = sum(1 for finding in audit["findings"] if finding["severity"] == severity and not finding["waived"])
        if found != count:
            yield f"counts/{severity} is {count}, there are {found}"
    report = audit["report"]
    if report is None:
        return
    nulls = [
        (table, row, column)
        for table, rows in report["tables"].items()
        for row, cells in (rows or {}).items()
        for column, number in (cells or {}).items()
        if number is None
    ]
    listed = [(cell["table"], cell["row"], cell["column"]) for cell in report["cells"]]
    if sorted(nulls) != sorted(listed):
        yield f"report/cells lists {sorted(set(listed) - set(nulls))} too many, lacks {sorted(set(nulls) - set(listed))}"
    outcomes = [check["outcome"] for check in audit["checks"]]
    order = ["failed", "notAssessed", "passed", "notApplicable"]
    if outcomes != sorted(outcomes, key=order.index):
        yield "checks are out of order"
    rules = [check["rule"] for check in audit["checks"]]
    if len(rules) != len(set(rules)):
        yield "a rule is checked twice"
    used = {waiver["rule"] for waiver in audit["waivers"] if waiver["state"] == "used"}
    waived = {finding["rule"] for finding in audit["findings"] if finding["waived"]}
    if used != waived:
        yield f"waivers used and findings waived differ: {sorted(used ^ waived)}"
    failed = {check["rule"] for check in audit["checks"] if check["outcome"] == "failed"}
    found = {finding["rule"] for finding in audit["findings"]}
    if failed != found:
        yield f"failed checks and findings differ: {sorted(failed ^ found)}"


def check_valid(validator, audit):
    for error in validator.iter_errors(audit):
        yield f"{shown(error.absolute_path)}: {error.message[:300]}"
    yield from beyond_schema(audit)


def mutations(audit):
    """Changes the audit in place, one key at a time, and says what was changed; the caller looks, then it is undone."""
    for path, node in list(nodes(audit)):
        if isinstance(node, dict):
            for key, value in {"surplus": None, "Verdict": "pass", "pathBytes": "YWJj"}.items():
                if key in node:
                    continue
                node[key] = value
                yield f"adding {shown(path + (key,))}"
                del node[key]
            for key in list(node):
                order = list(node.items())
                del node[key]
                yield f"dropping {shown(path + (key,))}"
                node.clear()
                node.update(order)
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            old = node[key]
            place = shown(path + (key,))
            for value in OTHER:
                if kind(value) == kind(old) or old is None and isinstance(value, (float, str)) and value is not True:
                    continue
                node[key] = value
                yield f"{place}: {kind(value)} instead of {kind(old)}"
            if old is not None and not any(pattern.fullmatch(place) for pattern in NULLABLE):
                node[key] = None
                yield f"{place}: null instead of {kind(old)}"
            node[key] = old


def check_mutations(validator, audit, counter):
    for change in mutations(audit):
        counter[0] += 1
        if next(validator.iter_errors(audit), None) is None:
            yield f"{change} is accepted"
    if next(validator.iter_errors(audit), None) is not None:
        yield "the audit is not what it was before: the mutations were not undone"


def main():
    mode, schema_file, *files = sys.argv[1:]
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    counter = [0]
    for name in files:
        try:
            with open(name, "rb") as file:
                audit = json.loads(file.read().decode("utf-8"), object_pairs_hook=sorted_keys)
        except ValueError as error:
            print(f"{name}: {error}")
            continue
        check = check_valid(validator, audit) if mode == "valid" else check_mutations(validator, audit, counter)
        for fault in check:
            print(f"{name}: {fault}")
    print(f"{len(files)} audits, {counter[0]} changes")


main()
