import type { ReactNode } from 'react';
import { Received } from '../components/received.js';
import type { ReportLine } from '../page.js';
import type { Text } from '../text/text.js';
import type { PageProps } from './page-props.js';

/** For the administrator who tries a provider: everything that came, as text. */
export function ProviderReportPage({ page, text }: PageProps<'provider-report'>): ReactNode {
  const { refusal, mapped, received } = page.report;
  return (
    <div className="card error">
      <h1>{text.t('report.title')}</h1>
      <p className="lead">{page.report.providerName}</p>
      <p className="wrong">
        <strong>{text.t(refusal === undefined ? 'report.works' : 'report.fails')}</strong>
      </p>
      {refusal !== undefined && (
        <>
          <p className="todo">{text.t(`report.${refusal.reason}`)}</p>
          <p className="todo">
            <code>
              <Received value={refusal.detail} />
            </code>
          </p>
        </>
      )}
      <p className="todo">{text.t('report.nobody')}</p>
      <Lines title={text.t('report.mapped')} lines={mapped} text={text} />
      <Lines title={text.t('report.received')} lines={received} text={text} />
    </div>
  );
}

function Lines(props: {
  readonly title: string;
  readonly lines: readonly ReportLine[];
  readonly text: Text;
}): ReactNode {
  const { title, lines, text } = props;
  return (
    <section className="developer">
      <h2>{title}</h2>
      {lines.length === 0 && <p>{text.t('report.nothing')}</p>}
      {lines.length > 0 && (
        <dl className="received">
          {lines.map(({ name, values }) => (
            <div key={name}>
              <dt>
                <Received value={name} />
              </dt>
              <dd>
                {values.length === 0 ? text.t('report.nothing') : <Received value={values.join(' · ')} />}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
