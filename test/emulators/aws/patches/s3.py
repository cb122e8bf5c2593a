import json

from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.exceptions import ReplicationConfigurationNotFoundError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response
from support import patch

RULE = ("ID", "Priority", "Status", "DeleteMarkerReplication", "Destination")


@patch("s3", "a replication rule reads back as disabled and without its filter")
def replication():
    def get_bucket_replication(self):
        self.data["Action"] = "GetBucketReplication"
        found = self.backend.get_bucket_replication(self.bucket_name)
        if not found:
            raise ReplicationConfigurationNotFoundError(bucket_name=self.bucket_name)
        rules = [{**{key: rule[key] for key in RULE if rule.get(key) is not None}, "Filter": rule.get("Filter") or {}} for rule in found["Rule"]]
        return self.serialized(ActionResult({"ReplicationConfiguration": {"Role": found["Role"], "Rules": rules}}))

    S3Response.get_bucket_replication = get_bucket_replication


@patch("s3", "a bucket policy is held against every request without its conditions: one that refuses plain HTTP refuses everything")
def conditions_of_policies():
    def get_permission(bucket, action, resource):
        """A statement with a condition is left out: no condition is evaluated here, in neither direction."""
        policy = unconditional(bucket.policy)
        return PermissionResult.NEUTRAL if policy is None else IAMPolicy(policy).is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission


def unconditional(policy: bytes | None) -> str | None:
    if policy is None:
        return None
    document = json.loads(policy)
    statements = [each for each in document["Statement"] if "Condition" not in each]
    return json.dumps({**document, "Statement": statements}) if statements else None
