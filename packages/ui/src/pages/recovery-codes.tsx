import type { ReactNode } from 'react';
import { DoneIcon } from '../components/icons.js';
import type { PageProps } from './page-props.js';

export function RecoveryCodesPage({ page, text }: PageProps<'recovery-codes'>): ReactNode {
  return (
    <div className="card">
      <p className="emblem emblem-done">
        <DoneIcon />
      </p>
      <h1>{text.t('secondFactor.codesTitle')}</h1>
      <p className="lead">{text.t('secondFactor.codesHelp')}</p>
      <ul className="recovery-codes" aria-label={text.t('secondFactor.codesTitle')}>
        {page.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="aside">{text.t('secondFactor.codesOnce')}</p>
      <a className="button button-primary button-wide" href={page.continuePath}>
        {text.t('secondFactor.codesKept')}
      </a>
    </div>
  );
}
