"""Checks a descriptor against what its platform publishes about itself. A line for each problem; exits with 1 when there is any.

    check.py kubernetes FILE   the schemas of Kubernetes, as kubernetes-validate carries them; no unknown property
    check.py keda FILE DIR     the CRDs and the list of scalers of KEDA's module in DIR
    check.py cloud-run FILE    Google's description of the Cloud Run Admin API, as google-api-python-client carries it
    check.py azure FILE        the models of Azure's SDK: what they do not know does not come back out of them
"""

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator


def problems_of(value, schema):
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)]


def strict(schema):
    """The same schema, which refuses properties that it does not name."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(value) for key, value in schema.items()}
    named = isinstance(schema.get("properties"), dict) and "$ref" not in schema
    if named and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        result["additionalProperties"] = False
    return result


def kubernetes(document):
    import kubernetes_validate

    try:
        kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
        return []
    except kubernetes_validate.ValidationError as error:
        return [f"{'.'.join(map(str, error.path))}: {error.message}"]


def keda(document, folder):
    group, version = document["apiVersion"].split("/")
    path = folder / f"config/crd/bases/{group}_{document['kind'].lower()}s.yaml"
    crd = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)["spec"]
    schema = next(one["schema"]["openAPIV3Schema"] for one in crd["versions"] if one["name"] == version)
    # CRDs leave it to Kubernetes what is in metadata.
    schema["properties"]["metadata"] = {"required": ["name"], "properties": {"name": {"type": "string"}}}
    found = problems_of(document, strict(schema))
    scalers = json.loads((folder / "schema/generated/scalers-schema.json").read_text())["scalers"]
    for trigger in document["spec"].get("triggers", []):
        found += trigger_problems(trigger, next((one for one in scalers if one["type"] == trigger["type"]), None))
    return found


def trigger_problems(trigger, scaler):
    """Of what a CRD leaves open: which settings a scaler takes, and which it needs."""
    if scaler is None:
        return [f"KEDA has no scaler {trigger['type']}"]
    known = {one["name"]: one for one in scaler["parameters"]}
    given = trigger["metadata"]
    unknown = [f"{trigger['type']} takes no {name}" for name in given if name not in known]
    gone = [f"{name}: {known[name]['deprecated']}" for name in given if known.get(name, {}).get("deprecated")]
    missing = [
        f"{trigger['type']} needs {name}"
        for name, one in known.items()
        if one.get("metadataVariableReadable") and not one.get("optional") and "default" not in one and name not in given
    ]
    return unknown + gone + missing


def cloud_run(document):
    from importlib.resources import files

    described = files("googleapiclient") / "discovery_cache/documents/run.v1.json"
    schemas = json.loads(described.read_text())["schemas"]
    definitions = {name: strict(as_json_schema(schema)) for name, schema in schemas.items()}
    return problems_of(document, {"$ref": f"#/$defs/{document['kind']}", "$defs": definitions})


def as_json_schema(schema):
    """Google's form of a schema as JSON Schema. Texts that are times or long numbers stay texts."""
    if isinstance(schema, list):
        return [as_json_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: as_json_schema(value) for key, value in schema.items() if key not in ("format", "id", "required", "default")}
    if isinstance(kept.get("$ref"), str):
        return {"$ref": f"#/$defs/{kept['$ref']}"}
    return kept


def azure(document):
    from azure.mgmt.containerinstance.models import ContainerGroup

    # Names and places of the resource stand in the address of a request.
    body = {key: value for key, value in document.items() if key not in ("apiVersion", "name", "type")}
    group = ContainerGroup.deserialize(body)
    return missing(group) + lost(body, json.loads(json.dumps(group.serialize())))


def missing(model):
    """What the models of Azure's SDK require and was not given."""
    if isinstance(model, list):
        return [problem for one in model for problem in missing(one)]
    if not hasattr(model, "_attribute_map"):
        return []
    needed = [name for name, rule in model._validation.items() if rule.get("required")]
    found = [f"{type(model).__name__} needs {name}" for name in needed if getattr(model, name) is None]
    return found + [problem for name in model._attribute_map for problem in missing(getattr(model, name))]


def lost(given, returned, path="$"):
    if isinstance(given, dict) and isinstance(returned, dict):
        return [
            problem
            for key, value in given.items()
            for problem in (
                lost(value, returned[key], f"{path}.{key}") if key in returned else [f"{path}.{key}: is not known"]
            )
        ]
    if isinstance(given, list) and isinstance(returned, list) and len(given) == len(returned):
        return [problem for at, pair in enumerate(zip(given, returned)) for problem in lost(*pair, f"{path}[{at}]")]
    return [] if given == returned else [f"{path}: {given!r} is taken as {returned!r}"]


CHECKS = {"kubernetes": kubernetes, "keda": keda, "cloud-run": cloud_run, "azure": azure}


def main(kind, file, *more):
    found = [
        f"{document['kind'] if 'kind' in document else document['type']}: {problem}"
        for document in yaml.safe_load_all(Path(file).read_text())
        for problem in CHECKS[kind](document, *map(Path, more))
    ]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


sys.exit(main(*sys.argv[1:]))
