import base64
import xml.etree.ElementTree as ElementTree

import moto.cloudfront.models as models
from support import ACCOUNT, Answer, around, front, patch


@patch("cloudfront", "the origin access control of an origin is forgotten")
def origin_access():
    @around(models.Origin, "__init__")
    def init(original, origin, given):
        original(origin, given)
        origin.origin_access_control_id = given.get("OriginAccessControlId") or ""


@patch("cloudfront", "sni-only stands on the default certificate, and the default flag beside a certificate of our own")
def viewer_certificate():
    @around(models.ViewerCertificate, "__init__")
    def init(original, certificate, given):
        original(certificate, given)
        if certificate.acm_certificate_arn or certificate.iam_certificate_id:
            certificate.cloud_front_default_certificate = False
        else:
            certificate.ssl_support_method = None


@patch("cloudfront", "forwarded values stand beside a cache policy; policies and functions of a behaviour are lost")
def cache_behaviours():
    @around(models.DefaultCacheBehaviour, "__init__")
    def init(original, behaviour, given):
        original(behaviour, given)
        if given.get("CachePolicyId"):
            behaviour.forwarded_values = None
        if given.get("FunctionAssociations"):
            behaviour.function_associations = given["FunctionAssociations"]
        behaviour.cache_policy_id = given.get("CachePolicyId") or ""
        behaviour.origin_request_policy_id = given.get("OriginRequestPolicyId") or ""
        behaviour.response_headers_policy_id = given.get("ResponseHeadersPolicyId") or ""


_functions: dict[str, dict] = {}
_path = "/2020-05-31/function"
_xmlns = "http://cloudfront.amazonaws.com/doc/2020-05-31/"


@patch("cloudfront", "functions are missing")
def functions():
    front(lambda request: request.service == "cloudfront" and (request.path + "/").startswith(f"{_path}/"))(function_call)


def function_call(request) -> Answer:
    name, _, step = request.path.removeprefix(_path).strip("/").partition("/")
    if request.method == "PUT" or (request.method == "POST" and name == ""):
        return written(request, name)
    found = _functions.get(name)
    if found is None or ("LIVE" in request.query and not found["live"]):
        return missing()
    if request.method == "DELETE":
        del _functions[name]
        return Answer(status="204 No Content")
    if step == "publish":
        found["live"] = True
        return summary(found, "LIVE")
    if step == "describe":
        return summary(found, "LIVE" if "LIVE" in request.query else "DEVELOPMENT")
    return Answer(found["code"], type="application/octet-stream", headers=(("ETag", found["etag"]),))


def written(request, name: str) -> Answer:
    document = ElementTree.fromstring(request.body)
    texts = {element.tag.rpartition("}")[2]: element.text or "" for element in document.iter()}
    name = name or texts["Name"]
    found = _functions.setdefault(name, {"name": name, "live": False, "version": 0})
    version = found["version"] + 1
    found.update(comment=texts.get("Comment", ""), runtime=texts["Runtime"], code=base64.b64decode(texts["FunctionCode"]), version=version, etag=f"E{version}")
    return summary(found, "DEVELOPMENT", "201 Created" if request.method == "POST" else "200 OK")


def summary(found: dict, stage: str, status: str = "200 OK") -> Answer:
    text = (
        f'<FunctionSummary xmlns="{_xmlns}"><Name>{found["name"]}</Name><Status>{"DEPLOYED" if found["live"] else "UNPUBLISHED"}</Status>'
        f'<FunctionConfig><Comment>{found["comment"]}</Comment><Runtime>{found["runtime"]}</Runtime></FunctionConfig>'
        f'<FunctionMetadata><FunctionARN>arn:aws:cloudfront::{ACCOUNT}:function/{found["name"]}</FunctionARN><Stage>{stage}</Stage>'
        "<CreatedTime>2026-01-01T00:00:00Z</CreatedTime><LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime></FunctionMetadata></FunctionSummary>"
    )
    return Answer(text.encode(), status, "text/xml", (("ETag", found["etag"]),))


def missing() -> Answer:
    text = "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchFunctionExists</Code><Message>no such function</Message></Error><RequestId>1</RequestId></ErrorResponse>"
    return Answer(text.encode(), "404 Not Found", "text/xml")
