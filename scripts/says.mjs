import { createInterface } from 'node:readline';

/** Resolves with the first line of a process's standard error that matches. @throws Error when it ends without */
export async function says(child, pattern) {
  let said = '';
  for await (const line of createInterface({ input: child.stderr })) {
    said += `${line}\n`;
    const match = pattern.exec(line);
    if (match !== null) return match;
  }
  throw new Error(`It ended: ${said}`);
}
