/**
 * What runs at the edge for screenshots. A function of CloudFront has a millisecond and no network, so that it makes no pictures: it
 * reduces what a browser asks for (any width, any format that it accepts) to the few variants that are made in advance, which then
 * are in the cache nearly always.
 */
export const screenshotVariants = `var widths = [320, 640, 1280, 1920];

function variant(wanted) {
  for (var i = 0; i < widths.length; i += 1) if (wanted <= widths[i]) return widths[i];
  return widths[widths.length - 1];
}

function handler(event) {
  var request = event.request;
  if (request.uri.indexOf('/screenshots/') !== 0) return request;
  var width = request.querystring.width ? parseInt(request.querystring.width.value, 10) : 1280;
  var accept = request.headers.accept ? request.headers.accept.value : '';
  var format = accept.indexOf('image/avif') >= 0 ? 'avif' : accept.indexOf('image/webp') >= 0 ? 'webp' : 'png';
  request.uri = request.uri.replace(/\\.png$/, '') + '@' + variant(width > 0 ? width : 1280) + '.' + format;
  request.querystring = {};
  return request;
}
`;
