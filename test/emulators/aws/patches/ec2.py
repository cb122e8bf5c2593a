import moto.ec2.models.elastic_network_interfaces as interfaces
import moto.ec2.models.instances as instances
import moto.ec2.models.launch_templates as launch_templates
import moto.ec2.models.security_groups as security_groups
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.utils import parse_user_data
from support import action, around, chosen, now, patch, store, unique

# An image that moto has from the start.
DEFAULT_IMAGE = "ami-9b32e8e2"


@patch("ec2", "a launch template's own tags leak into its data; user data of later versions stays undecoded")
def template_versions():
    @around(launch_templates.LaunchTemplateVersion, "__init__")
    def init(original, version, template, number, data, description):
        if isinstance(data.get("UserData"), str):
            data["UserData"] = parse_user_data(data["UserData"])
        if "TagSpecifications" in data:
            data["TagSpecifications"] = [each for each in data["TagSpecifications"] if each.get("ResourceType") != "launch-template"]
        original(version, template, number, data, description)


@patch("ec2", "tags of a launch template are those it was made with")
def template_tags():
    launch_templates.LaunchTemplate.tags = property(lambda self: self.get_tags(), lambda self, value: None)


@patch("ec2", "an image that a launch template names by a parameter (resolve:ssm:) is looked for under that very name")
def image_parameters():
    def image_id(version):
        given = version.data.get("ImageId", "")
        return DEFAULT_IMAGE if given.startswith("resolve:ssm:") else given

    launch_templates.LaunchTemplateVersion.image_id = property(image_id)


@patch("ec2", "an instance whose network interface has the security groups says that it has none")
def groups_of_instances():
    @around(instances.Instance, "__init__")
    def init(original, instance, *args, **given):
        original(instance, *args, **given)
        instance.security_groups = instance.security_groups or list(instance.nics[0].group_set)


@patch("ec2", "an instance forgets that it was made with protection from termination: changed by the next plan")
def protected_instances():
    @around(InstanceResponse, "run_instances")
    def run_instances(original, self):
        answer = original(self)
        for instance in answer.result.instances:
            instance.disable_api_termination = self._get_param("DisableApiTermination") or False
        return answer


@patch("ec2", "an interface without a public address has an empty association, which reads as a public address: replaced")
def no_association():
    kept = interfaces.NetworkInterface.association.fget
    interfaces.NetworkInterface.association = property(lambda interface: kept(interface) or None)


@patch("ec2", "a rule between security groups forgets its description")
def descriptions_of_rules():
    kept = security_groups.SecurityGroupRule.description.fget
    security_groups.SecurityGroupRule.description = property(lambda rule: kept(rule) or rule.source_group.get("Description"))


@patch("ec2", "capacity reservations are missing")
def capacity_reservations():
    @action(EC2Response)
    def create_capacity_reservation(self):
        reservation = reserved(self, self._get_params())
        store(self, "capacity-reservation")[reservation["CapacityReservationId"]] = reservation
        return ActionResult({"CapacityReservation": reservation})

    @action(EC2Response)
    def describe_capacity_reservations(self):
        wanted = self._get_param("CapacityReservationIds", [])
        found = chosen(store(self, "capacity-reservation"), wanted)
        if len(found) < len(wanted):
            raise EC2ClientError("InvalidCapacityReservationId.NotFound", "not found")
        return ActionResult({"CapacityReservations": found})

    @action(EC2Response)
    def modify_capacity_reservation(self):
        reservation = store(self, "capacity-reservation")[self._get_param("CapacityReservationId")]
        reservation["TotalInstanceCount"] = int(self._get_param("InstanceCount") or reservation["TotalInstanceCount"])
        return ActionResult({"Return": True})

    @action(EC2Response)
    def cancel_capacity_reservation(self):
        store(self, "capacity-reservation")[self._get_param("CapacityReservationId")]["State"] = "cancelled"
        return ActionResult({"Return": True})


def reserved(response, given: dict) -> dict:
    name = unique("cr-")
    return {
        "CapacityReservationId": name,
        "OwnerId": response.current_account,
        "CapacityReservationArn": f"arn:aws:ec2:{response.region}:{response.current_account}:capacity-reservation/{name}",
        "InstanceType": given["InstanceType"],
        "InstancePlatform": given["InstancePlatform"],
        "AvailabilityZone": given["AvailabilityZone"],
        "Tenancy": given.get("Tenancy", "default"),
        "TotalInstanceCount": int(given["InstanceCount"]),
        "AvailableInstanceCount": int(given["InstanceCount"]),
        "EbsOptimized": str(given.get("EbsOptimized")).lower() == "true",
        "EphemeralStorage": str(given.get("EphemeralStorage")).lower() == "true",
        "State": "active",
        "EndDateType": given.get("EndDateType", "unlimited"),
        "InstanceMatchCriteria": given.get("InstanceMatchCriteria", "open"),
        "CreateDate": now(),
        "StartDate": now(),
        "Tags": [tag for each in given.get("TagSpecifications", []) for tag in each.get("Tags", [])],
    }
