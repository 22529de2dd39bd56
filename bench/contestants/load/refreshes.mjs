// What a request of a job is, and when its answer is the promised one.

/** The form of a request: with the refresh token whose turn it is, where the job sends one. */
export function formOf({ sendsToken, ...job }, chain) {
  const form = chain?.body ?? job.body;
  if (!sendsToken) return form;
  return `${form}&grant_type=refresh_token&refresh_token=${encodeURIComponent(chain?.token ?? '')}`;
}

/** Takes the refresh token of the answer in the place of the one that was sent. @returns what is wrong with the answer */
export function check({ expects, sendsToken, rotates, answersTokens, chain }, position, { status, body }) {
  if (status !== 200) return 'Not 200';
  if (expects !== undefined && !body.includes(expects)) return `No ${expects}`;
  if (!answersTokens) return undefined;
  const answer = JSON.parse(body);
  if (typeof answer.access_token !== 'string' || typeof answer.refresh_token !== 'string') return 'No tokens';
  if (!sendsToken || chain.length === 0) return undefined;
  const differs = answer.refresh_token !== chain[position].token;
  if (differs !== rotates) return rotates ? 'Not rotated' : 'Rotated';
  chain[position] = { ...chain[position], token: answer.refresh_token };
  return undefined;
}
