from moto.cloudtrail.models import CloudTrailBackend
from support import around, patch


@patch("cloudtrail", "these calls know a trail by its name only, and the provider gives its ARN: StartLogging is a 500, tried again for ever")
def by_arn():
    for call in ("start_logging", "stop_logging", "delete_trail"):
        by_name(call)


def by_name(call: str) -> None:
    @around(CloudTrailBackend, call)
    def known(original, self, name):
        return original(self, name.split(":trail/")[-1])
