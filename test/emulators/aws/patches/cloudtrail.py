import json

from moto.cloudtrail.models import CloudTrailBackend
from moto.cloudtrail.responses import CloudTrailResponse
from support import around, patch


@patch("cloudtrail", "these calls know a trail by its name only, and the provider gives its ARN: StartLogging is a 500, tried again for ever")
def by_arn():
    for call in ("start_logging", "stop_logging", "delete_trail"):
        by_name(call)


def by_name(call: str) -> None:
    @around(CloudTrailBackend, call)
    def known(original, self, name):
        return original(self, name.split(":trail/")[-1])


@patch("cloudtrail", "who asks for one trail is told of all: beside another, none can be read")
def trails_asked_for():
    @around(CloudTrailResponse, "describe_trails")
    def describe(original, self):
        wanted = self._get_param("trailNameList", [])
        trails = json.loads(original(self))["trailList"]
        return json.dumps({"trailList": [each for each in trails if not wanted or each["Name"] in wanted or each["TrailARN"] in wanted]})
