import cluster from 'node:cluster';
import { createServer } from 'node:http';

/** A server as small as one can be, one process for each core: argument 1 is how many. Says its port when all listen. */
function main(): void {
  if (!cluster.isPrimary) {
    createServer((_request, response) => response.end('{"ok":true}')).listen(Number(process.env['CALIBRATE_PORT']), '127.0.0.1');
    return;
  }
  const count = Number(process.argv[2]);
  let listening = 0;
  cluster.on('listening', () => {
    listening += 1;
    if (listening === count) process.send?.('ready');
  });
  for (let worker = 0; worker < count; worker += 1) cluster.fork();
}

main();
