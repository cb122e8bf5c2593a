/**
 * CDKTF records a stack trace for every reference, which is most of the time that building a tier takes, and shows it only
 * in errors about tokens. Loaded before any resource; `TERRACE_TOKEN_TRACES=1` brings the traces back.
 */
if (process.env['TERRACE_TOKEN_TRACES'] !== '1') forgetTraces();

function forgetTraces(): void {
  try {
    const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
    traces.captureStackTrace = () => [];
  } catch {
    // Another version of CDKTF keeps them elsewhere: slower, not wrong.
  }
}
