/** Where the CDN answers for screenshots, and the folder of the app's bucket that it reads: what lies elsewhere in the bucket stays private. */
export const screenshotPath = '/screenshots/*';
export const publicFolder = '/public';

/**
 * What runs at the edge for screenshots. A function of CloudFront has a millisecond and no network, so that it makes no pictures and cannot know
 * which there are: it reduces what a browser asks for (any width) to the few variants that the app writes beside the original, which then are in the
 * cache nearly always. Who asks for no width, takes no WebP or asks for no PNG gets the file that was named.
 */
export const screenshotVariants = `var widths = [320, 640, 1280, 1920];

function variant(wanted) {
  for (var i = 0; i < widths.length; i += 1) if (wanted <= widths[i]) return widths[i];
  return widths[widths.length - 1];
}

function handler(event) {
  var request = event.request;
  var width = request.querystring.width ? parseInt(request.querystring.width.value, 10) : 0;
  var accept = request.headers.accept ? request.headers.accept.value : '';
  request.querystring = {};
  if (!(width > 0) || accept.indexOf('image/webp') < 0 || !/\\.png$/.test(request.uri)) return request;
  request.uri = request.uri.replace(/\\.png$/, '') + '@' + variant(width) + '.webp';
  return request;
}
`;
