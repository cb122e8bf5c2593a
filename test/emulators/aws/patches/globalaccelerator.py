import re
import time

from support import ACCOUNT, Answer, answer, front, number, patch, refusal

_things: dict[str, dict] = {}

# What AWS fills in where an endpoint group says nothing.
GROUP_DEFAULTS = {"HealthCheckIntervalSeconds": 30, "HealthCheckPath": "/", "HealthCheckProtocol": "TCP", "ThresholdCount": 3, "TrafficDialPercentage": 100.0}


@patch("globalaccelerator", "the service is missing")
def service():
    front(lambda request: request.service == "globalaccelerator")(call)


def call(request) -> Answer:
    given = request.json
    if request.target == "ListTagsForResource":
        return answer({"Tags": _things.get(given["ResourceArn"], {}).get("tags", [])})
    if request.target in ("TagResource", "UntagResource"):
        return answer({})
    if request.target == "ListCrossAccountResources":
        return answer({"CrossAccountResources": []})
    named = re.fullmatch(r"(Create|Describe|Update|Delete)(AcceleratorAttributes|Accelerator|Listener|EndpointGroup)", request.target)
    if named is None:
        return refusal("UnknownOperationException", request.target)
    verb, kind = named.groups()
    return create(kind, given) if verb == "Create" else existing(verb, kind, given)


def create(kind: str, given: dict) -> Answer:
    parent = given.get("AcceleratorArn") or given.get("ListenerArn") or ""
    name = {
        "Accelerator": f"arn:aws:globalaccelerator::{ACCOUNT}:accelerator/{number():08x}-0000",
        "Listener": f"{parent}/listener/{number():08x}",
        "EndpointGroup": f"{parent}/endpoint-group/{number():08x}",
    }[kind]
    shown = {key: value for key, value in given.items() if key not in ("IdempotencyToken", "Tags", "AcceleratorArn", "ListenerArn")}
    _things[name] = {"shown": {**initial(kind), **shown, f"{kind}Arn": name}, "tags": given.get("Tags", []), "attributes": {"FlowLogsEnabled": False}}
    described(_things[name]["shown"])
    return answer({kind: _things[name]["shown"]})


def initial(kind: str) -> dict:
    if kind == "Listener":
        return {"ClientAffinity": "NONE"}
    if kind == "EndpointGroup":
        return {**GROUP_DEFAULTS, "EndpointDescriptions": []}
    addresses = [{"IpFamily": "IPv4", "IpAddresses": ["192.0.2.1", "192.0.2.2"]}]
    return {"Enabled": True, "IpAddressType": "IPV4", "DnsName": f"a{number():08x}.awsglobalaccelerator.com", "Status": "DEPLOYED", "IpSets": addresses, "CreatedTime": time.time(), "LastModifiedTime": time.time()}


def described(shown: dict) -> None:
    """What was configured is read back as described, with a health."""
    if "EndpointConfigurations" in shown:
        shown["EndpointDescriptions"] = [{"ClientIPPreservationEnabled": True, **each, "HealthState": "HEALTHY"} for each in shown.pop("EndpointConfigurations")]


def existing(verb: str, kind: str, given: dict) -> Answer:
    base = kind.removesuffix("Attributes")
    name = given.get(f"{base}Arn")
    thing = _things.get(name)
    if thing is None:
        return refusal(f"{base}NotFoundException", "not found")
    part = thing["attributes" if kind.endswith("Attributes") else "shown"]
    if verb == "Delete":
        del _things[name]
        return answer({})
    if verb == "Update":
        part.update({key: value for key, value in given.items() if not key.endswith("Arn")})
        described(part)
    return answer({kind: part})
