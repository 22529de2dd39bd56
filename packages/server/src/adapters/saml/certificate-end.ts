import { X509Certificate } from 'node:crypto';

export interface ProviderCertificate {
  readonly pem: string;
  readonly subject: string;
  readonly notAfter: number;
}

const WARN_BEFORE_MS = 30 * 24 * 60 * 60 * 1000;

export function describeCertificate(certificate: X509Certificate): ProviderCertificate {
  const subject = certificate.subject.replaceAll('\n', ', ');
  return { pem: certificate.toString(), subject, notAfter: Date.parse(certificate.validTo) };
}

/** Sentences for an administrator about certificates, as PEM, that ended or soon will. */
export function endWarnings(pems: readonly string[], now: number): readonly string[] {
  return pems.flatMap((pem) => endWarning(describeCertificate(new X509Certificate(pem)), now));
}

export function endWarning({ subject, notAfter }: ProviderCertificate, now: number): readonly string[] {
  if (notAfter - now > WARN_BEFORE_MS) return [];
  const [day] = new Date(notAfter).toISOString().split('T');
  const verb = notAfter <= now ? 'ended' : 'ends';
  return [
    `The certificate ${subject} ${verb} on ${day ?? ''}; add its successor before the provider uses it.`,
  ];
}
