from moto.route53.responses import Route53
from support import around, patch


@patch("route53", "a zone that is made with a network is not private")
def private_zones():
    @around(Route53, "create_hosted_zone")
    def create(original, response):
        if response._get_param("VPC.VPCId"):
            asked = response._get_bool_param
            response._get_bool_param = lambda name, default=None: True if name == "HostedZoneConfig.PrivateZone" else asked(name, default)
        return original(response)
