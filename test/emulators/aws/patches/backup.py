import json
from urllib.parse import unquote

import moto.backup.urls as urls
from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.responses import BackupResponse
from support import action, now, patch, store, unique

ADDED_PATHS = ("backup-vaults/(?P<name>[^/]+)/recovery-points/?$",)


@patch("backup", "what a plan backs up cannot be said")
def selections():
    @action(BackupResponse)
    def create_backup_selection(self):
        given = json.loads(self.body)["BackupSelection"]
        plan, id = self.path.rstrip("/").split("/")[-2], unique("")
        store(self, "backup-selections")[id] = {"BackupPlanId": plan, "SelectionId": id, "CreationDate": now().timestamp(), "BackupSelection": given}
        return json.dumps({"BackupPlanId": plan, "SelectionId": id, "CreationDate": now().timestamp()})

    @action(BackupResponse)
    def get_backup_selection(self):
        return json.dumps(found(self))

    @action(BackupResponse)
    def delete_backup_selection(self):
        del store(self, "backup-selections")[found(self)["SelectionId"]]
        return "{}"


def found(response) -> dict:
    selection = store(response, "backup-selections").get(response.path.rstrip("/").split("/")[-1])
    if selection is None:
        raise ResourceNotFoundException("Cannot find Backup selection")
    return selection


@patch("backup", "nobody can ask what a vault holds, which is nothing, before it is deleted")
def recovery_points():
    for path in ADDED_PATHS:
        urls.url_paths["{0}/" + path] = BackupResponse.dispatch

    @action(BackupResponse)
    def list_recovery_points_by_backup_vault(self):
        return json.dumps({"RecoveryPoints": []})


@patch("backup", "tags are read only where the path ends with a slash, which the provider's does not, so that every plan adds them again")
def tags_without_slash():
    @action(BackupResponse)
    def list_tags(self):
        arn = unquote(self.path.split("/tags/", 1)[1].rstrip("/"))
        return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})
