/**
 * Loaded into the API that `npm run dev` starts: when that goes away, kill -9 included, its end of the channel closes
 * and the API ends too.
 */
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
