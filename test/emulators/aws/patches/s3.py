from moto.core.responses import ActionResult
from moto.s3.exceptions import ReplicationConfigurationNotFoundError
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
