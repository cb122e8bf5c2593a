import { Agent, get } from 'node:http';

/** Asks again and again over so many connections for so many seconds, and prints how many answers came a second. */
async function main(port: number, connections: number, seconds: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = Date.now() + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: connections }, async () => {
      let count = 0;
      while (Date.now() < end) {
        await ask(port, agent);
        count += 1;
      }
      return count;
    }),
  );
  agent.destroy();
  console.log(counts.reduce((sum, count) => sum + count, 0) / seconds);
}

function ask(port: number, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, agent }, (response) => response.resume().once('end', done)).once('error', fail);
  });
}

const [port = 0, connections = 1, seconds = 1] = process.argv.slice(2).map(Number);
void main(port, connections, seconds);
