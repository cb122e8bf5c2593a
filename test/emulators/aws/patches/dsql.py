import json

import moto.dsql.models as models
from boto3 import Session
from moto.core.responses import ActionResult
from moto.dsql.responses import AuroraDSQLResponse
from support import action, patch


@patch("dsql", "only two regions of the United States are known; elsewhere every call is a server error")
def every_region():
    models.dsql_backends._additional_regions = Session().get_available_regions("ec2")


@patch("dsql", "a cluster cannot be changed: deletion protection stays on")
def change():
    @action(AuroraDSQLResponse)
    def update_cluster(self):
        cluster = self.dsql_backend.get_cluster(identifier=self.path.split("/")[-1])
        cluster.deletion_protection_enabled = json.loads(self.body).get("deletionProtectionEnabled", cluster.deletion_protection_enabled)
        return ActionResult(cluster)
