/** Milliseconds between two looks at the parent process. */
const interval = 500;

/**
 * Ends this program as SIGTERM does when the shell that npm runs it in has ended. npm passes a signal to that shell alone, and
 * the server would run on.
 */
export function endWithShell(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, interval);
  timer.unref();
}
