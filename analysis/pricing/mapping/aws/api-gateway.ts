import { flag, text, textOr, why } from '../read';
import { assembled, free, unpriced } from '../results';
import { awsType, internetOut, transferNote } from './place';

const freeNote = 'AWS: the first million calls a month of a new account are free and are not deducted.';

/** A REST API by its calls, whose steps are shared by all of a region. */
export const restApi = awsType('aws_api_gateway_rest_api', (_, at) =>
  assembled([{ pool: 'aws/rest-api', region: at.region, dependsOn: 'apiRequestsMillion' }, internetOut(at)], [freeNote, transferNote]),
);

/** A stage costs its cache, if it has one. */
export const restStage = awsType('aws_api_gateway_stage', (block, at) => {
  const cached = flag(block, 'cache_cluster_enabled');
  if (cached === undefined) return unpriced(why(block, 'cache_cluster_enabled'));
  if (!cached) return free('a stage without a cache is part of its API');
  const size = text(block, 'cache_cluster_size');
  return size === undefined
    ? unpriced(why(block, 'cache_cluster_size'))
    : assembled([at.hourly(`cache of ${size} GB`, 'api-gateway', `cache-${size}gb`)]);
});

/** An HTTP API by its calls, a WebSocket API by its messages and minutes. */
export const httpApi = awsType('aws_apigatewayv2_api', (block, at) => {
  const protocol = textOr(block, 'protocol_type', 'HTTP');
  if (protocol === 'HTTP')
    return assembled(
      [{ pool: 'aws/http-api', region: at.region, dependsOn: 'apiRequestsMillion' }, internetOut(at)],
      [freeNote, transferNote],
    );
  if (protocol !== 'WEBSOCKET') return unpriced(why(block, 'protocol_type'));
  return assembled(
    [
      at.used('messages', 'messagesMillion', 'api-gateway', 'websocket/messages', 'million-requests'),
      at.used('minutes of connections', 'connectionMinutesMillion', 'api-gateway', 'websocket/connection-minutes', 'million-minutes'),
      internetOut(at),
    ],
    [transferNote],
  );
});
