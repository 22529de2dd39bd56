import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsIn } from '../support/mailbox.js';
import { FluxoHouse, PASSWORD } from './fluxo-process.js';

const house = new FluxoHouse();
beforeAll(() => house.json(['environment', 'create', 'acme.my', '--name', 'Acme']));
afterAll(() => house.remove());

describe('people, from the shell', () => {
  it('an invitation goes to the address, with a link to the environment’s origin, and needs no password', async () => {
    const args = ['user', 'create', 'acme.my', 'ben', '--name', 'Ben', '--email', 'ben@acme.example'];
    const created = await house.json([...args, '--invite', '--language', 'pt-BR']);
    expect(created).toMatchObject({ username: 'ben', invited: 'ben@acme.example' });
    const [mail] = mailsIn(house.data);
    expect(mail).toMatchObject({ to: 'ben@acme.example', subject: 'Sua conta em Acme' });
    expect(mail?.link.origin).toBe('http://acme.my.localhost:3000');
    await house.json(['user', 'invite', 'acme.my', 'ben']);
    const mails = mailsIn(house.data);
    expect(mails.map(({ subject }) => subject)).toEqual(['Sua conta em Acme', 'Your account at Acme']);
    expect(mails[0]?.path).not.toBe(mails[1]?.path);
  });

  it('nobody is created who can’t be reached', async () => {
    const args = ['user', 'create', 'acme.my', 'nowhere', '--name', 'Nobody', '--invite', '--json'];
    const refused = await house.run(args);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('--email');
    const shown = await house.run(['user', 'show', 'acme.my', 'nowhere', '--json']);
    expect(shown.code).toBe(1);
  });

  it('an address is checked, shown, and taken away', async () => {
    const args = ['user', 'create', 'acme.my', 'cleo@acme.example', '--name', 'Cleo'];
    await house.json(args, { input: `${PASSWORD}\n` });
    const update = (address: string) =>
      house.run(['user', 'update', 'acme.my', 'cleo@acme.example', '--email', address, '--json']);
    for (const address of ['no address', 'a@b, c@d', 'a@b\nBcc: c@d']) {
      expect((await update(address)).code).toBe(1);
    }
    expect(JSON.parse((await update('home@acme.example')).stdout)).toMatchObject({
      email: 'home@acme.example',
    });
    expect(JSON.parse((await update('none')).stdout)).toMatchObject({ email: 'cleo@acme.example' });
  });

  it('a second factor can be demanded, is shown, and removing one that isn’t there is no fault', async () => {
    const required = ['environment', 'update', 'acme.my', '--second-factor', 'required'];
    expect(await house.json(required)).toMatchObject({ second_factor: 'required' });
    expect((await house.run([...required.slice(0, -1), 'perhaps'])).code).toBe(2);
    const removed = await house.json(['user', 'update', 'acme.my', 'ben', '--remove-second-factor']);
    expect(removed).toMatchObject({ second_factor: false, recovery_codes_left: 0 });
  });
});
