import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const NANOSECONDS = 1e9;
const QUANTILES = [50, 90, 99] as const;

/**
 * The process itself; where several are counted together (`aggregator`), memory and processor time are added up,
 * and of delays the worst counts. Not prom-client's default metrics: their observers are never let go of, and a
 * process may compose several servers.
 * @returns what stops the measuring
 */
export function addProcessMetrics(registry: Registry, version: string): () => void {
  const registers = [registry];
  new Gauge({
    name: 'fluxo_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node'] as const,
    aggregator: 'max',
    registers,
  }).set({ version, node: process.versions.node }, 1);
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the process started, in seconds since 1970.',
    aggregator: 'min',
    registers,
  }).set(Math.round(Date.now() / 1000 - process.uptime()));
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time used, by user and system together.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  addMemory(registry);
  return addEventLoopDelay(registry);
}

function addMemory(registry: Registry): void {
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory that the process holds.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'nodejs_heap_used_bytes',
    help: 'The part of the JavaScript heap that is in use.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage().heapUsed);
    },
  });
}

/** Since the last scrape: an average over the process's life would hide a stall of today. */
function addEventLoopDelay(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  new Gauge({
    name: 'fluxo_event_loop_delay_seconds',
    help: 'How late the event loop was since the last scrape; quantile 1 is the worst.',
    labelNames: ['quantile'] as const,
    aggregator: 'max',
    registers: [registry],
    collect() {
      const measured = delay.count > 0;
      for (const quantile of QUANTILES) {
        this.set({ quantile: quantile / 100 }, measured ? delay.percentile(quantile) / NANOSECONDS : 0);
      }
      this.set({ quantile: 1 }, measured ? delay.max / NANOSECONDS : 0);
      delay.reset();
    },
  });
  return () => void delay.disable();
}
